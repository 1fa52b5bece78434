import { HIGHEST_LEVELS } from '../../compression-levels.ts';
import type { Content } from '../../content.ts';
import { ToolError } from '../../errors.ts';
import type { ImageNode } from '../image-node.ts';
import { openCodec } from './block-codec.js';
import type { Compression } from './block-compressor.ts';
import { ByteWriter } from './byte-writer.ts';
import { orCodecFailure } from './codec-failure.ts';
import { openCompressor } from './compressor.ts';
import { compressorOptions } from './compressor-options.ts';
import { DataWriter, type FileData } from './data-writer.ts';
import { findDuplicates } from './duplicates.ts';
import {
  COMPRESSION_IDS,
  FLAGS,
  IMAGE_ALIGNMENT,
  MAX_BLOCK_SIZE,
  MIN_BLOCK_SIZE,
  parseBlockWord,
  SUPERBLOCK_SIZE,
} from './format.ts';
import type { ImageSink } from './image-sink.ts';
import { buildInodeTables, type InodeTables } from './inode-tables.ts';
import type { CompressBlock, MetadataBlocks } from './metadata-writer.ts';
import type { PackAhead } from './pack-ahead.ts';
import { type Superblock, superblockToBytes } from './superblock.ts';
import {
  type FragmentEntry,
  fragmentEntryToBytes,
  locationsToBytes,
  packElements,
} from './tables.ts';
import { buildTree, type FileLeaf, filesInOrder, type TreeLeaf } from './tree.ts';
import { backlogFor } from './worker-pool.ts';
import { type XattrWriter, xattrIdToBytes } from './xattrs.ts';

export type { Compression } from './block-compressor.ts';
export type { ImageSink } from './image-sink.ts';

export interface SquashfsOptions {
  readonly compression: Compression;
  /** A power of two, 4 KiB…1 MiB. */
  readonly blockSize: number;
  /** Compression threads; 1 compresses in the calling thread. The image is the same for every number. */
  readonly jobs: number;
  /** The image's own time, in seconds since the epoch. */
  readonly mtime: number;
}

export interface WrittenImage {
  /** Without and with the padding, in bytes. */
  readonly bytesUsed: number;
  readonly size: number;
  readonly inodes: number;
  readonly files: number;
  /** The sum of all files' sizes; hard links count once. */
  readonly contentBytes: number;
  /** Data blocks that take space, and those that are holes. */
  readonly blocks: number;
  readonly holes: number;
  readonly fragments: number;
  /** Files that share all their bytes with an earlier one, and what would have been stored for them, uncompressed. */
  readonly duplicateFiles: number;
  readonly duplicateBytes: number;
}

/** Less than this the calling thread has packed before another one has started. */
const BYTES_PER_THREAD = 1 << 20;

/** What makes a difference to whoever waits, and none to the image. */
export interface WriteAids {
  /** Is called with how many bytes of all files' contents have been worked through. */
  readonly onBytes?: ((bytesRead: number) => void) | undefined;
  /** Works with the same compression and block size. */
  readonly ahead?: PackAhead | undefined;
}

/** 4 bytes of memory and of inode table each. At 128 KiB they make 2 TiB: what is larger is an attack by holes. */
const MAX_BLOCKS = 2 ** 24;

/**
 * Writes a SquashFS 4.0 image. Its bytes depend on the set of nodes and on the options but `jobs`, on nothing else.
 * @param sink empty; holds the padded image when the promise resolves
 * @throws ToolError unsafe-entry, archive-too-large; whatever a content or the sink throws
 */
export async function writeImage(
  nodes: Iterable<ImageNode>,
  options: SquashfsOptions,
  sink: ImageSink,
  { onBytes = () => {}, ahead }: WriteAids = {},
): Promise<WrittenImage> {
  assertOptions(options, sink);
  const tree = buildTree(nodes);
  const files = [...filesInOrder(tree.root)];
  assertBlockCount(files, options.blockSize);
  const optionsBlock = compressorOptions(options.compression);
  await sink.append([new Uint8Array(SUPERBLOCK_SIZE), ...(optionsBlock ? [optionsBlock] : [])]);
  const data = await writeData(files, sink, { ...options, onBytes, ahead });
  const compress = await orCodecFailure(openCodec(options.compression));
  const tables = buildInodeTables(tree, { ...options, ...data, compress });
  const places = await writeTables({ ...tables, fragments: data.fragments }, sink, compress);
  const bytesUsed = sink.size;
  await sink.append([new Uint8Array(-bytesUsed & (IMAGE_ALIGNMENT - 1))]);
  const superblock: Superblock = {
    ...places,
    inodeCount: tree.inodeCount,
    mtime: options.mtime,
    blockSize: options.blockSize,
    fragmentCount: data.fragments.length,
    compression: COMPRESSION_IDS[options.compression.name],
    blockLog: Math.log2(options.blockSize),
    flags:
      FLAGS.alwaysFragments |
      FLAGS.deduplicated |
      FLAGS.exportable |
      (places.xattrTable === null ? FLAGS.noXattrs : 0) |
      (optionsBlock ? FLAGS.compressorOptions : 0),
    idCount: tables.ids.length,
    major: 4,
    minor: 0,
    rootInode: tables.rootInode,
    bytesUsed,
  };
  await sink.patch(0, superblockToBytes(superblock));
  await data.closed;
  return { bytesUsed, size: sink.size, inodes: tree.inodeCount, ...data.counts };
}

type TablePlaces = Pick<
  Superblock,
  'inodeTable' | 'directoryTable' | 'fragmentTable' | 'exportTable' | 'idTable' | 'xattrTable'
>;

interface WrittenData {
  readonly dataOf: (file: TreeLeaf) => FileData;
  readonly fragments: readonly FragmentEntry[];
  readonly counts: Omit<WrittenImage, 'bytesUsed' | 'size' | 'inodes'>;
  /** The threads are gone; they end while the tables are written. */
  readonly closed: Promise<void>;
}

interface DataOptions extends SquashfsOptions {
  readonly onBytes: (bytesRead: number) => void;
  readonly ahead: PackAhead | undefined;
}

async function writeData(
  files: readonly FileLeaf[],
  sink: ImageSink,
  { compression, blockSize, jobs, onBytes, ahead }: DataOptions,
): Promise<WrittenData> {
  const duplicates = await findDuplicates(files, blockSize);
  const packedTwins = findPackedTwins(duplicates, ahead);
  ahead?.stop();
  const threads = Math.min(jobs, Math.ceil(contentSize(files) / BYTES_PER_THREAD));
  const compressor = ahead?.compressor ?? (await openCompressor(compression, threads));
  const close = () => (ahead ?? compressor).close();
  try {
    const writer = new DataWriter({
      blockSize,
      compressor,
      sink,
      backlog: backlogFor(ahead ? jobs : threads),
      ahead,
    });
    const stored = new Map<TreeLeaf, FileData>();
    let bytesRead = 0;
    const onRead = (count: number) => {
      bytesRead += count;
      onBytes(bytesRead);
    };
    for (const file of files) {
      const first = duplicates.get(file);
      const shared = first && stored.get(first);
      if (shared) onRead(file.node.content.size);
      const content = packedTwins.get(file) ?? file.node.content;
      stored.set(file, shared ?? (await writer.add(content, onRead)));
    }
    const fragments = await writer.finish();
    const dataOf = (file: TreeLeaf) => {
      const data = stored.get(file);
      if (!data) throw new RangeError(`the data of "${file.node.path}" was not stored`);
      return data;
    };
    const counts = { ...countData(files, dataOf, duplicates), fragments: fragments.length };
    const closed = close();
    closed.catch(() => {}); // It is waited for in the end, or not at all when something else fails before.
    return { dataOf, fragments, counts, closed };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Of equal files the image has the first, but the archive may have begun with another, which then is packed. */
function findPackedTwins(
  duplicates: ReadonlyMap<FileLeaf, FileLeaf>,
  ahead: PackAhead | undefined,
): ReadonlyMap<FileLeaf, Content> {
  const twins = new Map<FileLeaf, Content>();
  for (const [{ node }, first] of duplicates) {
    if (ahead?.take(node.content, 0)) twins.set(first, node.content);
  }
  return twins;
}

function contentSize(files: readonly FileLeaf[]): number {
  return files.reduce((sum, { node }) => sum + node.content.size, 0);
}

/** The order and the lack of gaps are what the kernel demands: it finds the end of each table by the next one's start. */
async function writeTables(
  tables: InodeTables & { readonly fragments: readonly FragmentEntry[] },
  sink: ImageSink,
  compress: CompressBlock,
): Promise<TablePlaces> {
  const u32 = (value: number) => new ByteWriter(4).u32(value).toBytes();
  const u64 = (value: bigint) => new ByteWriter(8).u64(value).toBytes();
  const inodeTable = await appendBlocks(sink, tables.inodes);
  const directoryTable = await appendBlocks(sink, tables.directories);
  // Without fragments this points at the next table, as mksquashfs writes it: the one form that every reader accepts.
  const fragmentTable = await appendLookup(
    sink,
    packElements(tables.fragments.map(fragmentEntryToBytes), compress),
  );
  const exportTable = await appendLookup(sink, packElements(tables.exports.map(u64), compress));
  const idTable = await appendLookup(sink, packElements(tables.ids.map(u32), compress));
  const xattrTable = await appendXattrs(sink, tables.xattrs, compress);
  return { inodeTable, directoryTable, fragmentTable, exportTable, idTable, xattrTable };
}

async function appendBlocks(sink: ImageSink, blocks: MetadataBlocks): Promise<number> {
  const start = sink.size;
  await sink.append(blocks.chunks);
  return start;
}

async function appendLookup(sink: ImageSink, blocks: MetadataBlocks): Promise<number> {
  const start = await appendBlocks(sink, blocks);
  const locations = sink.size;
  await sink.append([locationsToBytes(start, blocks)]);
  return locations;
}

/** A table without a set in it is refused by the kernel, and therefore left out. */
async function appendXattrs(
  sink: ImageSink,
  xattrs: XattrWriter,
  compress: CompressBlock,
): Promise<number | null> {
  const { pairs, ids } = xattrs.finish();
  if (ids.length === 0) return null;
  const pairsStart = await appendBlocks(sink, pairs);
  const idBlocks = packElements(ids.map(xattrIdToBytes), compress);
  const idStart = await appendBlocks(sink, idBlocks);
  const header = new ByteWriter(16).u64(pairsStart).u32(ids.length).u32(0).toBytes();
  const table = sink.size;
  await sink.append([header, locationsToBytes(idStart, idBlocks)]);
  return table;
}

function countData(
  files: readonly FileLeaf[],
  dataOf: (file: TreeLeaf) => FileData,
  duplicates: ReadonlyMap<FileLeaf, FileLeaf>,
): Omit<WrittenData['counts'], 'fragments'> {
  const counts = { contentBytes: 0, blocks: 0, holes: 0, duplicateFiles: 0, duplicateBytes: 0 };
  for (const file of files) {
    const { size } = file.node.content;
    const { words, sharesTail } = dataOf(file);
    counts.contentBytes += size;
    if (duplicates.has(file) || (sharesTail && words.length === 0)) {
      counts.duplicateFiles += 1;
      counts.duplicateBytes += size;
      continue;
    }
    for (const word of words) {
      if (parseBlockWord(word).size > 0) counts.blocks += 1;
      else counts.holes += 1;
    }
  }
  return { files: files.length, ...counts };
}

function assertOptions({ blockSize, jobs, compression }: SquashfsOptions, sink: ImageSink): void {
  const isPower = Number.isInteger(Math.log2(blockSize));
  if (!isPower || blockSize < MIN_BLOCK_SIZE || blockSize > MAX_BLOCK_SIZE) {
    throw new RangeError(`${blockSize} is no block size of SquashFS`);
  }
  if (!Number.isInteger(jobs) || jobs < 1) throw new RangeError(`${jobs} compression jobs`);
  const highest = HIGHEST_LEVELS[compression.name];
  const { level } = compression;
  if (!Number.isInteger(level) || level < 1 || level > highest) {
    throw new RangeError(`${compression.name} has no level ${level}`);
  }
  if (sink.size !== 0) throw new RangeError('the sink is not empty');
}

function assertBlockCount(files: readonly FileLeaf[], blockSize: number): void {
  let blocks = 0;
  for (const { node } of files) {
    blocks += Math.ceil(node.content.size / blockSize);
    if (blocks <= MAX_BLOCKS) continue;
    throw new ToolError('archive-too-large', {
      what: `the content up to ${node.path}`,
      limit: `${MAX_BLOCKS} blocks of ${blockSize} bytes`,
    });
  }
}
