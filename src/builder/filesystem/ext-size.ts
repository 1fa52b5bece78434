import { type FileFacts, PAGE_BYTES, type TreeFacts } from './tree-facts.ts';

/** Of an inode: room for times beyond 2038 and for small attributes. */
export const EXT_INODE_BYTES = 256;

/** Before it are the root, those that the file system reserves, and lost+found. */
export const EXT_FIRST_INODE = 12;

/** mke2fs makes lost+found so large that files can be put there without a new block. */
const LOST_AND_FOUND_BLOCKS = 4;

/** mke2fs leaves the last group away, be it the only one, when it has less than 50 blocks for data. */
const SPARE_BLOCKS = 60;

/** Blocks that one block of bitmap describes. */
const BLOCKS_PER_GROUP = 8 * PAGE_BYTES;
const GROUP_DESCRIPTOR_BYTES = 64;

/** Extents in an inode, and in a block of their tree. */
const INLINE_EXTENTS = 4;
const EXTENTS_PER_BLOCK = 340;

/** Block numbers in an inode of ext2, and in a block of them. */
const DIRECT_BLOCKS = 12;
const BLOCKS_PER_INDIRECT = PAGE_BYTES / 4;

/** A file system has no more inodes than it was made with. */
export function extInodes({ inodes }: TreeFacts): number {
  return EXT_FIRST_INODE + inodes;
}

/**
 * Blocks of {@link PAGE_BYTES} that a tree takes in a file system without a journal: all of the data, all that describes
 * it, and a hundredth for what a formula cannot know. mke2fs says when that was too little.
 */
export function extBlocks(format: 'ext2' | 'ext4', facts: TreeFacts): number {
  const mapBlocks = format === 'ext4' ? extentBlocks : indirectBlocks;
  const content =
    sum(facts.files.map(file => file.pages + mapBlocks(file))) +
    sum(facts.directories.map(directoryBlocks)) +
    facts.longLinks +
    facts.attributed +
    Math.ceil((extInodes(facts) * EXT_INODE_BYTES) / PAGE_BYTES) +
    LOST_AND_FOUND_BLOCKS;
  const groups = Math.ceil(content / BLOCKS_PER_GROUP) + 1;
  // Two bitmaps, and in some groups a copy of the superblock and of the table of groups.
  const perGroup = 3 + Math.ceil((groups * GROUP_DESCRIPTOR_BYTES) / PAGE_BYTES);
  return content + groups * perGroup + Math.ceil(content / 100) + SPARE_BLOCKS;
}

/** An entry has a head of eight bytes and is padded to four; a full block is split, so that many stay half empty. */
function directoryBlocks(names: readonly number[]): number {
  const bytes = sum(names.map(length => 8 + 4 * Math.ceil(length / 4)));
  return 1 + Math.floor((bytes * 2) / PAGE_BYTES);
}

function extentBlocks({ pages, pieces }: FileFacts): number {
  const extents = pieces + Math.floor(pages / (BLOCKS_PER_GROUP / 2));
  return extents > INLINE_EXTENTS ? 1 + Math.ceil(extents / EXTENTS_PER_BLOCK) : 0;
}

/** Pieces far from each other each need a block of numbers of their own. */
function indirectBlocks({ pages, pieces }: FileFacts): number {
  if (pages === 0) return 0;
  const isDirect = pieces === 1 && pages <= DIRECT_BLOCKS;
  return isDirect ? 0 : 2 + Math.ceil(pages / BLOCKS_PER_INDIRECT) + 2 * (pieces - 1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
