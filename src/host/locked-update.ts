import { constants } from 'node:fs';
import { type FileHandle, lstat, open, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ToolError } from '../errors.ts';
import { errorCode, outputError } from './disk-error.ts';
import { writeAll } from './file-content.ts';
import { forgetTemporary, rememberTemporary } from './temporary.ts';

/** A new content of a file, ready to take the old one's place. Nobody else can make another one meanwhile. */
export interface LockedUpdate {
  readonly path: string;
  /** See commitAll. */
  commit(): Promise<void>;
  /** Leaves the file as it was, unless the update was committed. */
  abort(): Promise<void>;
}

/** Each waits until those before it are done; more than this only one has that was killed, or is stopped. */
const PATIENCE_MILLISECONDS = 30_000;
const RETRY_MILLISECONDS = 20;
/** A list of a million files; what is larger is something else. */
const MOST_BYTES = 256 << 20;

/**
 * Prepares to replace the content of a file that several processes write to. The new content is written to a file of a
 * fixed name that only one process can create: it is the lock, and its rename at the end gives it back.
 * @param change gets the old content, empty for a file that is not there yet
 * @param patience milliseconds to wait for others
 * @throws ToolError `output-locked` when another process does not finish, `output-unwritable`
 */
export async function lockedUpdate(
  path: string,
  change: (before: Uint8Array) => Uint8Array,
  patience = PATIENCE_MILLISECONDS,
): Promise<LockedUpdate> {
  const lock = join(dirname(path), `.${basename(path)}.lock`);
  const file = await acquire(lock, path, patience);
  rememberTemporary(lock);
  let isOpen = true;
  const release = async () => {
    if (!isOpen) return;
    isOpen = false;
    await file.close();
    await unlink(lock).catch(() => undefined);
    forgetTemporary(lock);
  };
  try {
    const { bytes, mode } = await readOld(path);
    await writeAll(file, [change(bytes)], 0);
    if (mode !== undefined) await file.chmod(mode);
    await file.sync();
  } catch (error) {
    await release();
    throw error instanceof ToolError ? error : outputError(error, path);
  }
  return {
    path,
    async commit() {
      await rename(lock, path).catch((error: unknown) => {
        throw outputError(error, path);
      });
      isOpen = false;
      forgetTemporary(lock);
      await file.close();
    },
    abort: release,
  };
}

async function acquire(lock: string, path: string, patience: number): Promise<FileHandle> {
  for (let waited = 0; ; waited += RETRY_MILLISECONDS) {
    try {
      return await open(lock, 'wx', 0o644);
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw outputError(error, dirname(path));
      if (waited >= patience) throw new ToolError('output-locked', { path, lock });
    }
    await new Promise(resolve => setTimeout(resolve, RETRY_MILLISECONDS));
  }
}

interface OldFile {
  readonly bytes: Uint8Array;
  /** Absent for a file that is not there yet. */
  readonly mode?: number;
}

async function readOld(path: string): Promise<OldFile> {
  const stats = await lstat(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (!stats) return { bytes: new Uint8Array() };
  // The rename would replace a link instead of the file that it leads to.
  if (!stats.isFile()) {
    throw new ToolError('output-unwritable', { path, reason: 'it is no regular file' });
  }
  if (stats.size > MOST_BYTES) {
    throw new ToolError('output-unwritable', { path, reason: `it has ${stats.size} bytes` });
  }
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return { bytes: await file.readFile(), mode: stats.mode & 0o7777 };
  } finally {
    await file.close();
  }
}
