import { rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathBytes, pathText } from '../path-text.ts';
import { removeOrphans } from './remove-orphans.ts';
import { ownerSuffix } from './temporary-owner.ts';

/** What exists on disk under a name of its own right now. */
const present = new Set<string>();

/** The same under names that another process may take as soon as they are free. */
const shared = new Set<string>();

/** Directories where nothing is left of runs that were killed before this one. */
const clean = new Set<string>();

/** A name has at most 255 bytes on Linux, and the rest of this one is `.` twice and who made it. */
const MAX_STEM_BYTES = 200;

/**
 * A hidden, unused name beside `path`, so that the final rename stays within one file system. It counts as present
 * from now on.
 */
export function temporaryPath(path: string): string {
  const directory = dirname(path);
  if (!clean.has(directory)) removeOrphans(directory);
  clean.add(directory);
  const stem = pathText(pathBytes(basename(path)).subarray(0, MAX_STEM_BYTES));
  const temporary = join(directory, `.${stem}.${ownerSuffix()}`);
  present.add(temporary);
  return temporary;
}

/** A file of another name that must not be left behind either. It is removed once: later it may be another's. */
export function rememberTemporary(path: string): void {
  shared.add(path);
}

/** The file got its final name or is gone. */
export function forgetTemporary(path: string): void {
  present.delete(path);
  shared.delete(path);
}

/**
 * Removes whatever a run leaves behind when it is cut short. Synchronous, since a signal handler has no later. Names of
 * its own are not forgotten: work that was under way may make one once more, and the end of the process comes here again.
 * @returns how many temporary files or directories there were
 */
export function removeTemporaries(): number {
  const paths = [...present, ...shared];
  // A program that was ended a moment ago may still write its last file.
  for (const path of paths) {
    rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  }
  shared.clear();
  return paths.length;
}
