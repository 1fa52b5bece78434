import type { BigIntStats } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import type { Content } from '../content.ts';
import { ToolError } from '../errors.ts';
import { inputError } from './disk-error.ts';
import { READ_FLAGS } from './read-flags.ts';
import { systemName } from './system-name.ts';

/** By this a file is known again; in nanoseconds, since an image is made in less than a second. */
export interface SourceStamp {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
}

/** The stamp of a file by what stat(2) says of it. */
export function sourceStamp({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): SourceStamp {
  return { dev, ino, size, mtimeNs, ctimeNs };
}

/** @throws ToolError `input-changed` when what is at `path` is not what was seen there */
export async function assertStamp(path: string, stamp: SourceStamp): Promise<void> {
  const found = await lstat(systemName(path), { bigint: true }).catch(() => undefined);
  if (!found || !isSame(found, stamp)) throw new ToolError('input-changed', { path });
}

/**
 * Reads files that are too many to be open all at once: the one that was read last stays open, since the next read is
 * mostly of the same.
 */
export class SourceFiles {
  #idle: { readonly path: string; readonly file: FileHandle } | undefined;

  /** The content of a file as it was when it got its stamp. Reading another one ends in `input-changed`. */
  content(path: string, stamp: SourceStamp): Content {
    return {
      size: Number(stamp.size),
      readInto: async (target, offset) => {
        if (offset + target.length > Number(stamp.size)) {
          throw new RangeError(`${target.length} bytes at ${offset} lie beyond ${stamp.size}`);
        }
        const file = await this.#open(path, stamp);
        try {
          await readFully({ file, path, target, offset });
        } finally {
          await this.#release(path, file);
        }
      },
    };
  }

  async close(): Promise<void> {
    const idle = this.#idle;
    this.#idle = undefined;
    await idle?.file.close();
  }

  async #open(path: string, stamp: SourceStamp): Promise<FileHandle> {
    const idle = this.#idle;
    if (idle?.path === path) {
      this.#idle = undefined;
      return idle.file;
    }
    const file = await open(systemName(path), READ_FLAGS).catch((error: unknown) => {
      throw inputError(error, path);
    });
    if (isSame(await file.stat({ bigint: true }), stamp)) return file;
    await file.close();
    throw new ToolError('input-changed', { path });
  }

  async #release(path: string, file: FileHandle): Promise<void> {
    await this.close();
    this.#idle = { path, file };
  }
}

interface Read {
  readonly file: FileHandle;
  readonly path: string;
  readonly target: Uint8Array;
  readonly offset: number;
}

async function readFully({ file, path, target, offset }: Read): Promise<void> {
  for (let done = 0; done < target.length; ) {
    const read = file.read(target, done, target.length - done, offset + done);
    const { bytesRead } = await read.catch((error: unknown) => {
      throw inputError(error, path);
    });
    if (bytesRead === 0) throw new ToolError('input-changed', { path });
    done += bytesRead;
  }
}

function isSame(a: SourceStamp, b: SourceStamp): boolean {
  const isSameInode = a.dev === b.dev && a.ino === b.ino;
  return isSameInode && a.size === b.size && a.mtimeNs === b.mtimeNs && a.ctimeNs === b.ctimeNs;
}
