import type { Content } from '../../content.ts';
import { openCompressor } from './compressor.ts';
import { DataWriter, type FileData } from './data-writer.ts';
import { findDuplicates } from './duplicates.ts';
import { parseBlockWord } from './format.ts';
import type { SquashfsOptions, WriteAids } from './image-options.ts';
import type { ImageSink } from './image-sink.ts';
import type { PackAhead } from './pack-ahead.ts';
import type { FragmentEntry } from './tables.ts';
import type { FileLeaf, TreeLeaf } from './tree.ts';
import { backlogFor } from './worker-pool.ts';

/** The contents of all files, stored, and where each of them is. */
export interface WrittenData {
  readonly dataOf: (file: TreeLeaf) => FileData;
  readonly fragments: readonly FragmentEntry[];
  readonly counts: DataCounts;
  /** The threads are gone; they end while the tables are written. */
  readonly closed: Promise<void>;
}

export interface DataCounts {
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

/** Stores the contents of files in their order, each content once. */
export async function writeData(
  files: readonly FileLeaf[],
  sink: ImageSink,
  { compression, blockSize, jobs, onBytes, ahead }: SquashfsOptions & WriteAids,
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
      onBytes?.(bytesRead);
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

function countData(
  files: readonly FileLeaf[],
  dataOf: (file: TreeLeaf) => FileData,
  duplicates: ReadonlyMap<FileLeaf, FileLeaf>,
): Omit<DataCounts, 'fragments'> {
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
