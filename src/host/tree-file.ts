import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { errorCode, reasonOf } from './disk-error.ts';
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

/** By this a file is known again: whoever changes it changes one of these. */
export interface FileStamp {
  readonly ino: number;
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
}

/** Configuration is never as large; without a cap one log, or a sparse file of 8 EiB, would fill the memory. */
export const MOST_BYTES = 4 << 20;

/** Enough to know a binary file by its NUL, as git and grep do. */
const HEAD_BYTES = 8192;

/**
 * No link is followed, and a FIFO or terminal that took the place of a file after the directory was read cannot stop
 * the program.
 */
export const READ_FLAGS =
  constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY;

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

type Content =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | Extract<TreeFile, { readonly kind: 'unreadable' | 'skipped' | 'large' }>;

/** Reads from the start, after the file's times were asked for: a change from then on shows in them. */
function readContent(file: number, size: number): Content {
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

export function readReason(error: unknown): string {
  return errorCode(error) === 'ENOENT' ? 'it vanished while the tree was read' : reasonOf(error);
}

export function stampOf({ ino, size, mtimeMs, ctimeMs }: Stats): FileStamp {
  return { ino, size, mtimeMs, ctimeMs };
}

export function isSameStamp(a: FileStamp, b: FileStamp): boolean {
  const isSameContent = a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs;
  return isSameContent && a.ino === b.ino;
}

const CHUNK_BYTES = 1 << 20;
const NEEDLE = /torcx/i;

/**
 * Looks for Torcx's name in a text that is too large to be judged.
 * @returns the first line that has it, from 1; undefined when none has
 */
export async function searchLargeFile(diskPath: string): Promise<number | undefined> {
  const file = await open(systemName(diskPath), READ_FLAGS);
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    let line = 1;
    let tail = '';
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, chunk.length, null);
      if (bytesRead === 0) return;
      const text = tail + chunk.toString('latin1', 0, bytesRead);
      const at = text.search(NEEDLE);
      if (at >= 0) return line + lineEnds(text.slice(0, at));
      // The name may lie across the border of two chunks.
      tail = text.slice(-4);
      line += lineEnds(text.slice(0, -4));
    }
  } finally {
    await file.close();
  }
}

function lineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
