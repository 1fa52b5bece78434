import { constants } from 'node:fs';
import { copyFile, mkdir, readFile, readlink, rm, symlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pathText } from '../path-text.ts';
import { copyWithAttributes } from './copy-attributes.ts';
import { systemName } from './system-name.ts';

interface FileBackup {
  readonly diskPath: string;
  /** What the file holds. */
  readonly before: Uint8Array;
  /** Where a copy of the file goes; absent: nowhere. */
  readonly backup?: string;
}

/**
 * Copies a file before it is changed. A backup that exists is never replaced: it may be the only copy of what somebody
 * once had.
 * @returns why there is no backup; undefined when there is, or needs to be none
 */
export async function backUpFile({
  diskPath,
  before,
  backup,
}: FileBackup): Promise<string | undefined> {
  if (backup === undefined) return;
  const name = systemName(backup);
  const existing = await readFile(name).catch(() => undefined);
  if (existing) return existing.equals(before) ? undefined : otherVersion(backup);
  await mkdir(systemName(dirname(backup)), { recursive: true });
  if (await copyWithAttributes(diskPath, backup)) return;
  await rm(name, { force: true });
  // This keeps the mode, whatever the umask.
  await copyFile(systemName(diskPath), name, constants.COPYFILE_EXCL);
  return;
}

/** As {@link backUpFile}, for a link. */
export async function backUpLink(target: string, backup?: string): Promise<string | undefined> {
  if (backup === undefined) return;
  const name = systemName(backup);
  const existing = await readlink(name, 'buffer').catch(() => undefined);
  if (existing) return pathText(existing) === target ? undefined : otherVersion(backup);
  await mkdir(systemName(dirname(backup)), { recursive: true });
  await symlink(systemName(target), name);
  return;
}

function otherVersion(backup: string): string {
  return `a backup of another version is at ${backup}`;
}
