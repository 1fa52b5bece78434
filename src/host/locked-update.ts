import { closeSync, constants, linkSync, openSync, renameSync, unlinkSync } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ToolError } from '../errors.ts';
import type { PendingOutput } from './commit-all.ts';
import { createTemporary } from './create-temporary.ts';
import { errorCode, outputError } from './disk-error.ts';
import { writeAll } from './file-content.ts';
import { removeOrphans } from './remove-orphans.ts';
import { forgetTemporary, rememberTemporary, temporaryPath } from './temporary.ts';

/** Each waits until those before it are done. Only one that is suspended, or runs on another machine, takes longer. */
const PATIENCE_MILLISECONDS = 30_000;
const RETRY_MILLISECONDS = 20;
/** How often to look whether the process that has the lock was killed meanwhile. */
const ORPHAN_MILLISECONDS = 1000;
/** How file systems without hard links refuse one, see link(2). */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);
/** A list of a million files; what is larger is something else. */
const MOST_BYTES = 256 << 20;

/**
 * Prepares to replace the content of a file that several processes write to. The new content is written to a file that
 * also gets a fixed name, which only one can have at a time: that is the lock, and its rename at the end gives it back.
 * By the other name a later run knows who had it, see temporary-owner.ts. Until the update is committed or aborted nobody
 * else can make one.
 * @param change gets the old content, empty for a file that is not there yet
 * @param patience milliseconds to wait for others
 * @throws ToolError `output-locked` when another process does not finish, `output-unwritable`
 */
export async function lockedUpdate(
  path: string,
  change: (before: Uint8Array) => Uint8Array,
  patience = PATIENCE_MILLISECONDS,
): Promise<PendingOutput> {
  const temporary = temporaryPath(path);
  const file = await createTemporary(temporary, 0o644).catch((error: unknown) => {
    forgetTemporary(temporary);
    throw outputError(error, dirname(path));
  });
  let isOpen = true;
  const release = async (...names: readonly string[]) => {
    isOpen = false;
    for (const name of names) remove(name);
    await file.close();
  };
  const lock = await acquire({ temporary, path, patience }).catch(async (error: unknown) => {
    await release(temporary);
    throw error;
  });
  try {
    const { bytes, mode } = await readOld(path);
    await writeAll(file, [change(bytes)], 0);
    if (mode !== undefined) await file.chmod(mode);
    await file.sync();
  } catch (error) {
    await release(lock.path, temporary);
    throw error instanceof ToolError ? error : outputError(error, path);
  }
  return {
    path,
    async commit() {
      const [name, other] = lock.isLink ? [lock.path, temporary] : [temporary, lock.path];
      try {
        renameSync(name, path);
      } catch (error) {
        throw outputError(error, path);
      }
      // From here on the lock may be another's, whom a signal to this process must not take it from.
      forgetTemporary(name);
      await release(other);
    },
    async abort() {
      if (isOpen) await release(lock.path, temporary);
    },
  };
}

/** At once, so that no signal comes between the removal and the end of the memory of it. */
function remove(name: string): void {
  try {
    unlinkSync(name);
  } catch {
    // Somebody else has removed it.
  }
  forgetTemporary(name);
}

interface LockRequest {
  readonly temporary: string;
  readonly path: string;
  readonly patience: number;
}

interface Lock {
  readonly path: string;
  /** A further name of the temporary file, and not a file of its own. */
  readonly isLink: boolean;
}

async function acquire({ temporary, path, patience }: LockRequest): Promise<Lock> {
  const lock = join(dirname(path), `.${basename(path)}.lock`);
  for (let waited = 0; ; waited += RETRY_MILLISECONDS) {
    try {
      const isLink = take(lock, temporary);
      rememberTemporary(lock);
      return { path: lock, isLink };
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw outputError(error, dirname(path));
      if (waited >= patience) throw new ToolError('output-locked', { path, lock });
    }
    if (waited % ORPHAN_MILLISECONDS === 0) removeOrphans(dirname(path));
    await new Promise(resolve => setTimeout(resolve, RETRY_MILLISECONDS));
  }
}

/** @returns whether the file system has hard links; on others nobody can tell whose a lock is that was left behind */
function take(lock: string, temporary: string): boolean {
  try {
    linkSync(temporary, lock);
    return true;
  } catch (error) {
    if (!NO_LINKS.has(errorCode(error) ?? '')) throw error;
  }
  closeSync(openSync(lock, 'wx', 0o600));
  return false;
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
