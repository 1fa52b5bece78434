import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { backUpFile } from './back-up.ts';
import { CHANGED, changeFailure } from './change-failure.ts';
import { copyWithAttributes } from './copy-attributes.ts';
import { errorCode } from './disk-error.ts';
import { writeAll } from './file-content.ts';
import { isSameStamp, stampOf } from './file-stamp.ts';
import { syncDirectory } from './sync-directory.ts';
import { systemName } from './system-name.ts';
import { forgetTemporary, temporaryPath } from './temporary.ts';

export interface ContentChange {
  readonly diskPath: string;
  /** What the file must still hold. */
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  /** Where a copy of the file as it was goes first. */
  readonly backup?: string;
}

/**
 * Gives a file new content: all of it or none. Owner, mode, ACLs, extended attributes and the SELinux label stay; the
 * modification time does not, because systemd tells by it that a unit has to be loaded again.
 *
 * A copy with all attributes gets the new content and then the file's name. Where no such copy can be made (no GNU cp,
 * a directory that is not writable, a file with further names or one that is a mount point) the file itself is written,
 * and gets its old content back should that fail; only a crash within that moment could leave a mixture.
 * @returns why the file was left as it was; undefined when it was changed
 */
export async function replaceContent(change: ContentChange): Promise<string | undefined> {
  let file: FileHandle | undefined;
  try {
    file = await open(systemName(change.diskPath), FLAGS);
    const stats = await file.stat();
    if (!stats.isFile()) return 'it is no regular file';
    if (!(await holds(file, change.before))) return CHANGED;
    const failure = await backUpFile(change);
    if (failure !== undefined) return failure;
    const replaced = stats.nlink === 1 ? await replaceByCopy(change, stats) : 'impossible';
    if (replaced === 'changed meanwhile') return CHANGED;
    if (replaced === 'impossible') await overwrite(file, change);
    return;
  } catch (error) {
    return changeFailure(error);
  } finally {
    await file?.close();
  }
}

/** Asking for write permission first tells of files that are read-only even to root: immutable, or on such a disk. */
const FLAGS = constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY;

async function holds(file: FileHandle, bytes: Uint8Array): Promise<boolean> {
  // One byte more, to see that nothing follows.
  const found = Buffer.alloc(bytes.length + 1);
  let length = 0;
  for (let count = -1; count !== 0 && length < found.length; length += count) {
    ({ bytesRead: count } = await file.read(found, length, found.length - length, length));
  }
  return length === bytes.length && found.subarray(0, length).equals(bytes);
}

async function replaceByCopy(
  { diskPath, after }: ContentChange,
  stats: Stats,
): Promise<'done' | 'impossible' | 'changed meanwhile'> {
  const temporary = temporaryPath(diskPath);
  try {
    if (!(await copyWithAttributes(diskPath, temporary))) return 'impossible';
    const copy = await open(temporary, constants.O_RDWR | constants.O_NOFOLLOW);
    try {
      if (!hasSameOwner(await copy.stat(), stats)) return 'impossible';
      await copy.truncate(0);
      await writeAll(copy, [after], 0);
      await copy.sync();
    } finally {
      await copy.close();
    }
    if (!isSameStamp(stampOf(await lstat(diskPath)), stampOf(stats))) return 'changed meanwhile';
    await rename(temporary, diskPath);
    forgetTemporary(temporary);
    await syncDirectory(dirname(diskPath));
    return 'done';
  } catch (error) {
    if (errorCode(error) === 'EBUSY') return 'impossible'; // A mount point cannot be renamed over.
    throw error;
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
    forgetTemporary(temporary);
  }
}

function hasSameOwner(copy: Stats, original: Stats): boolean {
  return copy.mode === original.mode && copy.uid === original.uid && copy.gid === original.gid;
}

async function overwrite(file: FileHandle, { before, after }: ContentChange): Promise<void> {
  try {
    await writeAll(file, [after], 0);
    await file.truncate(after.length);
    await file.sync();
  } catch (error) {
    await writeAll(file, [before], 0);
    await file.truncate(before.length);
    throw error;
  }
}
