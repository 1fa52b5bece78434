import { lstat, readFile, readlink, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pathText } from '../path-text.ts';
import { backUpFile, backUpLink } from './back-up.ts';
import { CHANGED, changeFailure } from './change-failure.ts';
import { syncDirectory } from './sync-directory.ts';
import { systemName } from './system-name.ts';

/** A file or link that is to go, as long as it still is what it was. */
export type Removal = {
  readonly diskPath: string;
  /** Where a copy of it goes first. */
  readonly backup?: string;
} & (
  | { readonly kind: 'file'; readonly before: Uint8Array }
  | { readonly kind: 'symlink'; readonly target: string }
);

/** @returns why it was left where it is; undefined when it is gone */
export async function removeEntry(removal: Removal): Promise<string | undefined> {
  const name = systemName(removal.diskPath);
  try {
    const stats = await lstat(name);
    const isSameKind = removal.kind === 'file' ? stats.isFile() : stats.isSymbolicLink();
    if (!isSameKind) return CHANGED;
    const failure = await backUp(removal, name);
    if (failure !== undefined) return failure;
    await unlink(name);
    await syncDirectory(dirname(removal.diskPath));
    return;
  } catch (error) {
    return changeFailure(error);
  }
}

async function backUp(removal: Removal, name: string | Buffer): Promise<string | undefined> {
  if (removal.kind === 'file') {
    const isSame = (await readFile(name)).equals(removal.before);
    return isSame ? backUpFile(removal) : CHANGED;
  }
  const isSame = pathText(await readlink(name, 'buffer')) === removal.target;
  return isSame ? backUpLink(removal.target, removal.backup) : CHANGED;
}
