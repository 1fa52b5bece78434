import { constants, type Stats } from 'node:fs';
import { access, type FileHandle, link, lstat, rename, stat, unlink } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Content } from '../content.ts';
import { ToolError } from '../errors.ts';
import type { PendingOutput } from './commit-all.ts';
import { createTemporary } from './create-temporary.ts';
import { errorCode, outputError } from './disk-error.ts';
import { fileContent, writeAll } from './file-content.ts';
import { forgetTemporary, temporaryPath } from './temporary.ts';

/** A file that is written under a temporary name and gets its own only when it is complete. */
export interface OutputFile extends PendingOutput {
  /** Bytes appended so far. */
  readonly size: number;
  /** Adds to the end; the arrays may be reused when this resolves. */
  append(chunks: readonly Uint8Array[]): Promise<void>;
  /** Overwrites what is there already. */
  patch(offset: number, bytes: Uint8Array): Promise<void>;
  /** Lets `write` write the file instead, by the name that it has now, from a length of `size` bytes on. */
  fill(size: number, write: (path: string) => Promise<void>): Promise<void>;
  /** What has been written so far. */
  content(): Content;
  sync(): Promise<void>;
}

export interface OutputOptions {
  /** Replace a file that exists. */
  readonly force: boolean;
}

/**
 * Finds out early what would fail late.
 * @throws ToolError `output-exists` when there is a file at `path` and `force` is not set, `output-unwritable`
 */
export async function assertWritable(path: string, { force }: OutputOptions): Promise<void> {
  await access(dirname(path), constants.W_OK).catch((error: unknown) => {
    throw outputError(error, dirname(path));
  });
  const existing = await existingFile(path);
  if (existing?.isDirectory()) {
    throw new ToolError('output-unwritable', { path, reason: 'it is a directory' });
  }
  if (existing && !force) throw existsError(path, existing);
}

/** So much is brought to the disk while the next is computed, or else all of it would be waited for at the end. */
const SYNC_BYTES = 1 << 24;

/** Creates the temporary file in the directory of `path`. */
export async function createOutputFile(path: string, options: OutputOptions): Promise<OutputFile> {
  await assertWritable(path, options);
  const temporary = temporaryPath(path);
  const file = await createTemporary(temporary, 0o644).catch((error: unknown) => {
    forgetTemporary(temporary);
    throw outputError(error, dirname(path));
  });
  return new TemporaryFile({ path, temporary, file, force: options.force });
}

class TemporaryFile implements OutputFile {
  readonly path: string;
  readonly #temporary: string;
  readonly #file: FileHandle;
  readonly #force: boolean;
  #size = 0;
  #isDurable = false;
  /** What has been written since a background sync was begun, in bytes, and how that went. */
  #unsynced = 0;
  #syncing: Promise<void> = Promise.resolve();
  #open = true;

  constructor(parts: { path: string; temporary: string; file: FileHandle; force: boolean }) {
    this.path = parts.path;
    this.#temporary = parts.temporary;
    this.#file = parts.file;
    this.#force = parts.force;
  }

  get size(): number {
    return this.#size;
  }

  async append(chunks: readonly Uint8Array[]): Promise<void> {
    await this.#onDisk(writeAll(this.#file, chunks, this.#size));
    const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    this.#size += length;
    this.#isDurable = false;
    this.#unsynced += length;
    if (this.#unsynced >= SYNC_BYTES) this.#syncBehind();
  }

  async patch(offset: number, bytes: Uint8Array): Promise<void> {
    await this.#onDisk(writeAll(this.#file, [bytes], offset));
    this.#isDurable = false;
  }

  async fill(size: number, write: (path: string) => Promise<void>): Promise<void> {
    if (size !== this.#size) {
      await this.#onDisk(this.#file.truncate(0).then(() => this.#file.truncate(size)));
    }
    await write(resolve(this.#temporary));
    this.#size = (await this.#onDisk(this.#file.stat())).size;
    this.#isDurable = false;
  }

  content(): Content {
    return fileContent(this.#file, this.#size);
  }

  async sync(): Promise<void> {
    await this.#syncing;
    if (this.#isDurable) return;
    await this.#onDisk(this.#file.sync());
    this.#isDurable = true;
  }

  async commit(): Promise<void> {
    await this.sync();
    await this.#close();
    await this.#rename();
    forgetTemporary(this.#temporary);
  }

  async abort(): Promise<void> {
    await this.#close();
    await unlink(this.#temporary).catch(() => undefined);
    forgetTemporary(this.#temporary);
  }

  /** One after the other: each is over before there is as much to write again, or the disk is what everybody waits for. */
  #syncBehind(): void {
    this.#unsynced = 0;
    this.#syncing = this.#syncing.then(() => this.#onDisk(this.#file.datasync()));
    // The system tells of a failure once only: it is kept for the one that waits.
    this.#syncing.catch(() => {});
  }

  async #rename(): Promise<void> {
    if (this.#force) return this.#onDisk(rename(this.#temporary, this.path));
    // A link fails where a rename would silently replace a file that somebody made in the meantime.
    try {
      await link(this.#temporary, this.path);
    } catch (error) {
      const existing = await existingFile(this.path);
      if (existing) throw existsError(this.path, existing);
      if (errorCode(error) === 'ENOSPC') throw outputError(error, this.path);
      return this.#onDisk(rename(this.#temporary, this.path)); // A file system without hard links.
    }
    await unlink(this.#temporary);
  }

  async #close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#file.close();
  }

  async #onDisk<T>(work: Promise<T>): Promise<T> {
    return work.catch(async (error: unknown) => {
      const oldFileKept = await exists(this.path).catch(() => false);
      throw outputError(error, this.path, { temporaryRemoved: true, oldFileKept });
    });
  }
}

/** What is at `path`, a link itself and not what it leads to; undefined when nothing is. */
export async function existingFile(path: string): Promise<Stats | undefined> {
  return lstat(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw outputError(error, path);
  });
}

function existsError(path: string, { size, mtime }: Stats): ToolError {
  return new ToolError('output-exists', { path, size, mtime });
}

/** True for a file of any kind, and for a link that leads nowhere. */
export async function exists(path: string): Promise<boolean> {
  return (await existingFile(path)) !== undefined;
}

/** False for what does not exist. */
export async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    stats => stats.isDirectory(),
    () => false,
  );
}
