import { ByteReader } from '../../bytes.ts';
import { HIGHEST_LEVELS } from '../../compression-levels.ts';
import { type Content, readBytes } from '../../content.ts';
import { ToolError } from '../../errors.ts';
import { checkData } from './check-data.ts';
import { type CheckedInodes, checkInodes } from './check-inodes.ts';
import { type ExpandedTable, type Layout, readLayout } from './check-layout.ts';
import { storedBlockCheck } from './check-stored.ts';
import { checkTiling, type Extent } from './check-tiling.ts';
import { checkTree } from './check-tree.ts';
import { openDecompressor } from './decompressor.ts';
import {
  COMPRESSION_IDS,
  FLAGS,
  IMAGE_ALIGNMENT,
  MAX_BLOCK_SIZE,
  METADATA_BLOCK_SIZE,
  MIN_BLOCK_SIZE,
  parseMetadataHeader,
  refFromU64,
  SUPERBLOCK_SIZE,
} from './format.ts';
import { parseSuperblock, type Superblock } from './superblock.ts';
import { EXPORT_ENTRY_SIZE, FRAGMENT_ENTRY_SIZE, ID_SIZE, parseFragmentEntry } from './tables.ts';
import { parseXattrId, readXattrPairs, XATTR_ID_SIZE } from './xattrs.ts';

/**
 * Judges an image that this program wrote, far more strictly than any reader does: the kernel mounts images in which
 * names, files or attributes are missing, and says so in its log only. Data blocks are judged by the headers of
 * their frames, without expanding them.
 * @throws ToolError self-check-failed with the first defect
 */
export async function checkImage(source: Content): Promise<void> {
  try {
    await checkEverything(source);
  } catch (cause) {
    // A RangeError is a rule that does not hold; anything else is no defect of the image.
    if (!(cause instanceof RangeError)) throw cause;
    throw new ToolError('self-check-failed', { reason: cause.message }, { cause });
  }
}

async function checkEverything(image: Content): Promise<void> {
  const superblock = parseSuperblock(await readBytes(image, 0, SUPERBLOCK_SIZE));
  checkSuperblock(superblock);
  await checkPadding(image, superblock);
  const dataStart = await checkOptions(image, superblock);
  const { blockSize, compression, inodeTable } = superblock;
  const decompress = await openDecompressor(compression);
  const checkStored = storedBlockCheck(compression, blockSize);
  const layout = await readLayout({ image, superblock, decompress, checkStored });
  const xattrCount = layout.xattrs ? layout.xattrs.ids.bytes.length / XATTR_ID_SIZE : 0;
  const inodes = await checkInodes(layout.inodes, { ...superblock, xattrCount });
  checkTree(layout.directories, inodes, superblock.rootInode);
  checkExports(layout.exports, inodes);
  checkIds(layout.ids);
  await checkXattrs(layout.xattrs);
  await checkData(
    { image, blockSize, start: dataStart, end: inodeTable, checkStored },
    inodes.byRef.values(),
    readFragments(layout.fragments),
  );
}

function checkSuperblock(superblock: Superblock): void {
  const { major, minor, blockSize, blockLog, compression, idCount, inodeCount, flags } = superblock;
  const rule = (holds: boolean, what: string) => {
    if (!holds) throw new RangeError(`superblock: ${what}`);
  };
  rule(major === 4 && minor === 0, `version ${major}.${minor}`);
  rule(blockSize >= MIN_BLOCK_SIZE && blockSize <= MAX_BLOCK_SIZE, `block size ${blockSize}`);
  rule(blockSize === 2 ** blockLog, `block size ${blockSize}, logarithm ${blockLog}`);
  rule(
    compression === COMPRESSION_IDS.zstd || compression === COMPRESSION_IDS.gzip,
    `compressor ${compression}`,
  );
  rule(idCount > 0, 'no ids');
  rule(inodeCount > 0, 'no inodes');
  rule((flags & FLAGS.exportable) !== 0 && superblock.exportTable !== null, 'not exportable');
  rule(
    ((flags & FLAGS.noXattrs) !== 0) === (superblock.xattrTable === null),
    'xattr flag and table differ',
  );
  rule(
    superblock.inodeTable < superblock.directoryTable,
    'inode table is not before directory table',
  );
  rule(
    superblock.rootInode.offset < METADATA_BLOCK_SIZE,
    `root inode at offset ${superblock.rootInode.offset}`,
  );
}

/** A loop device ends at a whole sector: without padding the last table is cut off. */
async function checkPadding(image: Content, { bytesUsed }: Superblock): Promise<void> {
  const expected = Math.ceil(bytesUsed / IMAGE_ALIGNMENT) * IMAGE_ALIGNMENT;
  if (image.size !== expected)
    throw new RangeError(`padding: ${image.size} bytes instead of ${expected}`);
  const padding = await readBytes(image, bytesUsed);
  if (padding.some(byte => byte !== 0)) throw new RangeError('padding: it is not zero');
}

/** The options are stored raw and have a fixed length. Returns where the data starts. */
async function checkOptions(image: Content, { flags, compression }: Superblock): Promise<number> {
  if ((flags & FLAGS.compressorOptions) === 0) return SUPERBLOCK_SIZE;
  const expected = compression === COMPRESSION_IDS.zstd ? 4 : 8;
  const reader = new ByteReader(await readBytes(image, SUPERBLOCK_SIZE, 2 + expected));
  const { size, raw } = parseMetadataHeader(reader.u16());
  if (!raw || size !== expected)
    throw new RangeError('compressor options: not a raw block of their length');
  const level = reader.u32();
  const highest = HIGHEST_LEVELS[compression === COMPRESSION_IDS.zstd ? 'zstd' : 'gzip'];
  if (level < 1 || level > highest) throw new RangeError(`compressor options: level ${level}`);
  return SUPERBLOCK_SIZE + 2 + size;
}

/** Without it, or with a wrong one, file handles (NFS, overlayfs) lead to other files. */
function checkExports({ bytes }: ExpandedTable, { refs }: CheckedInodes): void {
  const reader = new ByteReader(bytes);
  for (let number = 1; number <= bytes.length / EXPORT_ENTRY_SIZE; number += 1) {
    if (reader.u64() !== refs[number - 1])
      throw new RangeError(`export table: inode ${number} is elsewhere`);
  }
}

function checkIds({ bytes }: ExpandedTable): void {
  const reader = new ByteReader(bytes);
  const ids = new Set(Array.from({ length: bytes.length / ID_SIZE }, () => reader.u32()));
  if (ids.size !== bytes.length / ID_SIZE)
    throw new RangeError('id table: an id stands in it twice');
}

async function checkXattrs(xattrs: Layout['xattrs']): Promise<void> {
  if (!xattrs) return;
  const { pairs, ids } = xattrs;
  const extents: Extent[] = [];
  for (let at = 0; at < ids.bytes.length; at += XATTR_ID_SIZE) {
    const { ref, count } = parseXattrId(ids.bytes.subarray(at, at + XATTR_ID_SIZE));
    const start = pairs.positionOf(refFromU64(ref));
    let end = start;
    const take = async (length: number) => {
      end += length;
      if (end > pairs.bytes.length) throw new RangeError('xattr table: the last set is cut off');
      return pairs.bytes.subarray(end - length, end);
    };
    const set = await readXattrPairs(take, count, () => {
      throw new RangeError('xattr table: a value is stored out of line');
    });
    if (set.size !== count || count === 0)
      throw new RangeError(`xattr table: ${set.size} of ${count} attributes`);
    extents.push({ start, length: end - start });
  }
  checkTiling(extents, { what: 'xattr table', start: 0, end: pairs.bytes.length });
}

function readFragments({ bytes }: ExpandedTable) {
  return Array.from({ length: bytes.length / FRAGMENT_ENTRY_SIZE }, (_, index) => {
    const record = bytes.subarray(index * FRAGMENT_ENTRY_SIZE, (index + 1) * FRAGMENT_ENTRY_SIZE);
    const reader = new ByteReader(record, FRAGMENT_ENTRY_SIZE - 4);
    if (reader.u32() !== 0) throw new RangeError(`fragment ${index}: an unused field is not 0`);
    return parseFragmentEntry(record);
  });
}
