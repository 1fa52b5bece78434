import { closeSync, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { errorCode, reasonOf } from './disk-error.ts';
import { type FileStamp, stampOf } from './file-stamp.ts';
import { READ_FLAGS } from './read-flags.ts';
import { systemName } from './system-name.ts';

/** What a file of a tree turned out to be when it was opened. */
export type TreeFile =
  | {
      readonly kind: 'file';
      readonly bytes: Uint8Array;
      readonly mode: number;
      readonly stamp: FileStamp;
    }
  | { readonly kind: 'skipped' | 'unreadable'; readonly reason: string }
  /** Over {@link MOST_BYTES}, and a text as far as its beginning tells. */
  | { readonly kind: 'large'; readonly size: number };

/** Configuration is never as large; without a cap one log, or a sparse file of 8 EiB, would fill the memory. */
export const MOST_BYTES = 4 << 20;

/** Enough to know a binary file by its NUL, as git and grep do. */
const HEAD_BYTES = 8192;

/** Most files fit; what is returned is copied out of it. */
const scratch = Buffer.allocUnsafeSlow(1 << 16);

/**
 * Reads one file of a tree.
 * @returns of a binary file only its beginning
 */
export function readTreeFile(diskPath: string): TreeFile {
  let file: number | undefined;
  try {
    file = openSync(systemName(diskPath), READ_FLAGS);
    const stats = fstatSync(file);
    if (!stats.isFile()) return { kind: 'skipped', reason: specialKind(stats) };
    const facts = { mode: stats.mode & 0o7777, stamp: stampOf(stats) };
    const head = scratch.subarray(0, readSync(file, scratch, 0, HEAD_BYTES, 0));
    if (head.includes(0)) return { kind: 'file', bytes: Buffer.from(head), ...facts };
    const content = readContent(file, stats.size);
    return content.kind === 'bytes' ? { kind: 'file', bytes: content.bytes, ...facts } : content;
  } catch (error) {
    return { kind: 'unreadable', reason: readReason(error) };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

type ReadContent =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | Extract<TreeFile, { readonly kind: 'unreadable' | 'skipped' | 'large' }>;

/** Reads from the start, after the file's times were asked for: a change from then on shows in them. */
function readContent(file: number, size: number): ReadContent {
  if (size > MOST_BYTES) return { kind: 'large', size };
  const target = size < scratch.length ? scratch : Buffer.allocUnsafeSlow(MOST_BYTES + 1);
  let length = 0;
  for (let count = -1; count !== 0 && length < target.length; length += count) {
    count = readSync(file, target, length, target.length - length, length);
  }
  if (length === target.length) return { kind: 'unreadable', reason: 'it grew while it was read' };
  return { kind: 'bytes', bytes: Buffer.from(target.subarray(0, length)) };
}

/** What keeps an entry from being a file, a directory or a link. */
export function specialKind(
  entry: Pick<Stats, 'isFIFO' | 'isSocket' | 'isBlockDevice' | 'isCharacterDevice'>,
): string {
  if (entry.isFIFO()) return 'a FIFO';
  if (entry.isSocket()) return 'a socket';
  if (entry.isBlockDevice() || entry.isCharacterDevice()) return 'a device';
  return 'no regular file';
}

/** Why an entry cannot be read, in words that go on after its path and a colon. */
export function readReason(error: unknown): string {
  return errorCode(error) === 'ENOENT' ? 'it vanished while the tree was read' : reasonOf(error);
}
