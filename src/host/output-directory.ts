import { renameSync } from 'node:fs';
import { chmod, lstat, mkdir, rm } from 'node:fs/promises';
import { ToolError } from '../errors.ts';
import type { PendingOutput } from './commit-all.ts';
import { errorCode, outputError } from './disk-error.ts';
import type { OutputOptions } from './output-file.ts';
import { ASIDE } from './remove-orphans.ts';
import { forgetTemporary, rememberTemporary, temporaryPath } from './temporary.ts';
import { type TreeWriter, treeWriter } from './tree-writer.ts';

/** A directory tree that is written under a temporary name and gets its own only when it is complete. */
export type OutputDirectory = TreeWriter & PendingOutput;

/** @throws ToolError `output-exists` when something is at `path` and `force` is not set */
export async function assertNoDirectory(path: string, { force }: OutputOptions): Promise<void> {
  const existing = await lstat(path).catch(() => undefined);
  if (existing && !force) {
    throw new ToolError('output-exists', { path, size: existing.size, mtime: existing.mtime });
  }
}

/** @throws ToolError as {@link assertNoDirectory} */
export async function createOutputDirectory(
  path: string,
  options: OutputOptions,
): Promise<OutputDirectory> {
  await assertNoDirectory(path, options);
  const temporary = temporaryPath(path);
  const onDisk = async <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw outputError(error, path, { temporaryRemoved: true });
    });
  await mkdir(temporary, 0o755).catch((error: unknown) => {
    forgetTemporary(temporary);
    throw outputError(error, path);
  });
  // umask must not make the host's directories unreadable once this is merged over them.
  await onDisk(chmod(temporary, 0o755));
  return {
    path,
    ...treeWriter(temporary, { onDisk, isDurable: true }),
    async commit() {
      await onDisk(replaceDirectory(temporary, path));
    },
    async abort() {
      await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
      forgetTemporary(temporary);
    },
  };
}

/**
 * A directory that is not empty cannot be renamed over, so the old one steps aside and comes back on failure. Both at
 * once, so that no signal comes between; a run after one that was killed there brings it back (see remove-orphans.ts).
 */
async function replaceDirectory(temporary: string, path: string): Promise<void> {
  const old = temporaryPath(path);
  forgetTemporary(old); // The user's, as long as it can come back.
  const aside = `${old}${ASIDE}`;
  const moved = stepAside(path, aside);
  try {
    renameSync(temporary, path);
  } catch (error) {
    if (moved) renameSync(aside, path);
    throw error;
  }
  forgetTemporary(temporary);
  if (!moved) return;
  rememberTemporary(old);
  renameSync(aside, old);
  await rm(old, { recursive: true, force: true });
  forgetTemporary(old);
}

/** @returns false when there is nothing at `path` */
function stepAside(path: string, aside: string): boolean {
  try {
    renameSync(path, aside);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
