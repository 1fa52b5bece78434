import { HIGHEST_LEVELS } from '../../compression-levels.ts';
import { ToolError } from '../../errors.ts';
import type { ImageNode } from '../image-node.ts';
import { openCodec } from './block-codec.js';
import { orCodecFailure } from './codec-failure.ts';
import { compressorOptions } from './compressor-options.ts';
import {
  COMPRESSION_IDS,
  FLAGS,
  IMAGE_ALIGNMENT,
  MAX_BLOCK_SIZE,
  MIN_BLOCK_SIZE,
  SUPERBLOCK_SIZE,
} from './format.ts';
import type { SquashfsOptions, WriteAids } from './image-options.ts';
import type { ImageSink } from './image-sink.ts';
import { buildInodeTables } from './inode-tables.ts';
import { type Superblock, superblockToBytes } from './superblock.ts';
import { buildTree, type FileLeaf, filesInOrder } from './tree.ts';
import { type DataCounts, writeData } from './write-data.ts';
import { writeTables } from './write-tables.ts';

export interface WrittenImage extends DataCounts {
  /** Without and with the padding, in bytes. */
  readonly bytesUsed: number;
  readonly size: number;
  readonly inodes: number;
}

/** 4 bytes of memory and of inode table each. At 128 KiB they make 2 TiB: what is larger is an attack by holes. */
const MAX_BLOCKS = 2 ** 24;

/**
 * Writes a SquashFS 4.0 image. Its bytes depend on the set of nodes and on the {@link SquashfsOptions} but `jobs`, on
 * nothing else.
 * @param sink empty; holds the padded image when the promise resolves
 * @throws ToolError unsafe-entry, archive-too-large; whatever a content or the sink throws
 */
export async function writeImage(
  nodes: Iterable<ImageNode>,
  sink: ImageSink,
  options: SquashfsOptions & WriteAids,
): Promise<WrittenImage> {
  assertOptions(options, sink);
  const tree = buildTree(nodes);
  const files = [...filesInOrder(tree.root)];
  assertBlockCount(files, options.blockSize);
  const optionsBlock = compressorOptions(options.compression);
  await sink.append([new Uint8Array(SUPERBLOCK_SIZE), ...(optionsBlock ? [optionsBlock] : [])]);
  const data = await writeData(files, sink, options);
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
