import { lstatSync, readdirSync, renameSync, rmSync, type Stats, unlinkSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { hasOwner, isOrphan, ownerSuffix } from './temporary-owner.ts';

/** Ends the name of what a directory held before: it is the user's, and comes back instead. */
export const ASIDE = '.old';

/**
 * Removes what runs that were killed have left in `directory`. What cannot be looked at or removed stays: the run that
 * is about to begin has its own errors to tell.
 */
export function removeOrphans(directory: string): void {
  for (const name of namesIn(directory)) {
    const isAside = name.endsWith(ASIDE);
    const own = isAside ? name.slice(0, -ASIDE.length) : name;
    if (!hasOwner(own)) continue;
    try {
      const path = join(directory, name);
      const stats = lstatSync(path);
      if (!isOrphan(own, stats.ctimeMs)) continue;
      if (isAside) bringBack(path, join(directory, stemOf(own).slice(1)));
      else removeOrphan(path, stats);
    } catch {
      // Another run was faster, or it belongs to somebody else.
    }
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function bringBack(path: string, place: string): void {
  if (!lstatSync(place, { throwIfNoEntry: false })) renameSync(path, place);
}

function removeOrphan(path: string, stats: Stats): void {
  const isDirectory = stats.isDirectory();
  // Nobody else's directory: whoever made it could lead the removal elsewhere.
  if (isDirectory && stats.uid !== userInfo().uid) return;
  // The name of this run makes it the only one that removes it, and the lock that it may have held.
  const stem = stemOf(path);
  const claimed = `${stem}.${ownerSuffix()}`;
  renameSync(path, claimed);
  if (!isDirectory) removeLock(`${stem}.lock`, stats.ino);
  rmSync(claimed, { recursive: isDirectory, force: true });
}

/** The name without who made it. */
function stemOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.'));
}

/** A lock is a further name of its owner's file, see locked-update.ts. */
function removeLock(lock: string, inode: number): void {
  if (lstatSync(lock, { throwIfNoEntry: false })?.ino === inode) unlinkSync(lock);
}
