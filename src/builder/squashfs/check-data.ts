import { type Content, rangeContent } from '../../content.ts';
import type { CheckStored } from './check-stored.ts';
import { checkTiling, type Extent } from './check-tiling.ts';
import { NONE, parseBlockWord } from './format.ts';
import type { FileBody, Inode } from './inodes.ts';
import type { FragmentEntry } from './tables.ts';

export interface DataArea {
  readonly image: Content;
  readonly blockSize: number;
  /** Position of the first data block, and of what follows the last. */
  readonly start: number;
  readonly end: number;
  readonly checkStored: CheckStored;
}

/**
 * Judges every stored block by its word and its frame's header, and the area as a whole: each of its bytes belongs
 * to one block.
 * @throws RangeError
 */
export async function checkData(
  area: DataArea,
  inodes: Iterable<Inode>,
  fragments: readonly FragmentEntry[],
): Promise<void> {
  const extents = new Map<number, Extent>();
  const fragmentSizes = fragments.map(() => 0);
  for (const inode of inodes) {
    if (inode.type !== 'file') continue;
    await checkFileBlocks(area, inode, extents);
    if (inode.fragment === NONE) continue;
    const tailEnd = inode.fragmentOffset + (inode.size % area.blockSize);
    fragmentSizes[inode.fragment] = Math.max(fragmentSizes[inode.fragment] ?? 0, tailEnd);
  }
  for (const [index, { start, word }] of fragments.entries()) {
    const expands = fragmentSizes[index] ?? 0;
    if (expands === 0) throw new RangeError(`nobody uses fragment ${index}`);
    if (word === 0) throw new RangeError(`fragment ${index} is a hole`);
    await checkBlock(area, { start, word, expands }, extents);
  }
  checkTiling([...extents.values()], { what: 'data', start: area.start, end: area.end });
}

async function checkFileBlocks(
  area: DataArea,
  { blocksStart, words, size }: FileBody,
  extents: Map<number, Extent>,
): Promise<void> {
  let start = blocksStart;
  for (const [index, word] of words.entries()) {
    if (word === 0) continue;
    const expands = Math.min(area.blockSize, size - index * area.blockSize);
    await checkBlock(area, { start, word, expands }, extents);
    start += parseBlockWord(word).size;
  }
  if (start === blocksStart && start !== 0) throw new RangeError(`data at ${start}, but no blocks`);
}

interface Block {
  readonly start: number;
  readonly word: number;
  readonly expands: number;
}

/** Files of equal content share their blocks: those are judged once. */
async function checkBlock(
  { image, start: areaStart, end, checkStored }: DataArea,
  { start, word, expands }: Block,
  extents: Map<number, Extent>,
): Promise<void> {
  const { size, raw } = parseBlockWord(word);
  const where = `the block at ${start}`;
  if (word >= 2 ** 25) throw new RangeError(`${where}: bits without meaning are set`);
  if (start < areaStart || start + size > end)
    throw new RangeError(`${where} lies outside of the data`);
  if (raw && size !== expands)
    throw new RangeError(`${where} has ${size} bytes instead of ${expands}`);
  if (!raw && size >= expands) throw new RangeError(`${where} was made larger by compression`);
  const known = extents.get(start);
  if (known && known.length !== size) throw new RangeError(`${where} has two lengths`);
  if (known) return;
  extents.set(start, { start, length: size });
  if (!raw) await checkStored({ stored: rangeContent(image, start, size), expands });
}
