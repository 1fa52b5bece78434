import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { type FileHandle, open, readdir, readlink, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { type Content, streamContent } from '../content.ts';
import { ToolError } from '../errors.ts';
import { readTogether } from '../read-together.ts';
import { similarText } from '../similar-text.ts';
import { errorCode, inputError } from './disk-error.ts';
import { fileContent } from './file-content.ts';
import { isSameStamp, stampOf } from './file-stamp.ts';

/** An archive that is open for reading, whose bytes are hashed as they pass. */
export interface InputFile {
  /** As the user wrote it; `-` for standard input. */
  readonly path: string;
  /** Bytes; absent when only the end tells. */
  readonly size?: number;
  /** Any range of it, where it is a regular file. */
  readonly random?: Content;
  /** The bytes from the start, once. The chunk may be reused after the next one is asked for. */
  stream(): AsyncIterable<Uint8Array>;
  /** SHA-256 in hexadecimal and length of the whole input; call it after the stream's end. */
  digest(): { readonly sha256: string; readonly size: number };
  /** @throws ToolError `input-changed` when the file is not the one that was opened any more */
  assertUnchanged(): Promise<void>;
  /** False when the path leads to another file by now, or to other content. */
  isCurrent(): Promise<boolean>;
  close(): Promise<void>;
}

const CHUNK_BYTES = 1 << 20;

/**
 * Opens the file at `path`, or takes `standardInput` for `-`.
 * @throws ToolError `input-missing` (with a similar name, where there is one), `input-is-directory`, `input-empty`
 */
export async function openInput(
  path: string,
  standardInput: () => AsyncIterable<Uint8Array>,
): Promise<InputFile> {
  if (path === '-') return streamInput(path, standardInput);
  const file = await open(path, 'r').catch(async (error: unknown) => {
    throw errorCode(error) === 'ENOENT' ? await missing(path) : inputError(error, path);
  });
  try {
    const stats = await file.stat();
    if (stats.isDirectory()) throw new ToolError('input-is-directory', { path });
    if (!stats.isFile()) return streamInput(path, () => chunksOf(file), file);
    if (stats.size === 0) throw new ToolError('input-empty', { path });
    return fileInput(path, file, stats);
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** What was fetched or kept already, as if it had just been opened. The content stays its owner's. */
export function contentInput(path: string, content: Content): InputFile {
  return {
    path,
    size: content.size,
    random: content,
    ...hashing(() => streamContent(content, CHUNK_BYTES)),
    assertUnchanged: async () => undefined,
    isCurrent: async () => true,
    close: async () => undefined,
  };
}

function fileInput(path: string, file: FileHandle, opened: Stats): InputFile {
  const hashed = hashing(() => chunksAhead(file));
  return {
    path,
    size: opened.size,
    random: readTogether(fileContent(file, opened.size)),
    stream: hashed.stream,
    digest: hashed.digest,
    async assertUnchanged() {
      const now = await file.stat();
      const same = now.size === opened.size && now.mtimeMs === opened.mtimeMs;
      if (!same) throw new ToolError('input-changed', { path });
    },
    async isCurrent() {
      const now = await stat(path).catch(() => undefined);
      return (
        now !== undefined && now.dev === opened.dev && isSameStamp(stampOf(now), stampOf(opened))
      );
    },
    close: () => file.close(),
  };
}

function streamInput(
  path: string,
  source: () => AsyncIterable<Uint8Array>,
  file?: FileHandle,
): InputFile {
  return {
    path,
    ...hashing(source),
    assertUnchanged: async () => undefined,
    isCurrent: async () => true,
    close: async () => file?.close(),
  };
}

function hashing(source: () => AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256');
  let size = 0;
  return {
    async *stream() {
      for await (const chunk of source()) {
        hash.update(chunk);
        size += chunk.length;
        yield chunk;
      }
    },
    digest: () => ({ sha256: hash.copy().digest('hex'), size }),
  };
}

/** Asks for nothing ahead: a pipe may stay silent, and its end could not be waited for then. */
async function* chunksOf(file: FileHandle): AsyncGenerator<Uint8Array, void, undefined> {
  const chunk = new Uint8Array(CHUNK_BYTES);
  for (;;) {
    const { bytesRead } = await file.read(chunk, 0, chunk.length, null);
    if (bytesRead === 0) return;
    yield chunk.subarray(0, bytesRead);
  }
}

/** Two arrays take turns: into one is read while the other is worked on. */
async function* chunksAhead(file: FileHandle): AsyncGenerator<Uint8Array, void, undefined> {
  const read = (into: Uint8Array<ArrayBuffer>) => {
    const reading = file.read(into, 0, into.length, null);
    reading.catch(() => {}); // Whoever stops in the middle never looks at the last one.
    return reading;
  };
  let free = new Uint8Array(CHUNK_BYTES);
  let reading = read(new Uint8Array(CHUNK_BYTES));
  for (;;) {
    const { bytesRead, buffer } = await reading;
    if (bytesRead === 0) return;
    reading = read(free);
    yield buffer.subarray(0, bytesRead);
    free = buffer;
  }
}

async function missing(path: string): Promise<ToolError> {
  const target = await readlink(path).catch(() => undefined);
  if (target !== undefined) return new ToolError('input-missing', { path, target });
  const names = await readdir(dirname(path)).catch(() => []);
  const similar = similarText(basename(path), names);
  return new ToolError('input-missing', { path, ...(similar !== undefined && { similar }) });
}
