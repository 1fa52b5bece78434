import { rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathBytes, pathText } from '../path-text.ts';
import { removeOrphans } from './remove-orphans.ts';
import { ownerSuffix } from './temporary-owner.ts';

/** What exists on disk under a temporary name right now. */
const present = new Set<string>();

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
  rememberTemporary(temporary);
  return temporary;
}

/** A file of another name that must not be left behind either. */
export function rememberTemporary(path: string): void {
  present.add(path);
}

/** The file got its final name or is gone. */
export function forgetTemporary(path: string): void {
  present.delete(path);
}

/**
 * Removes whatever a run leaves behind when it is cut short. Synchronous, since a signal handler has no later.
 * @returns how many temporary files or directories there were
 */
export function removeTemporaries(): number {
  const count = present.size;
  // A program that was ended a moment ago may still write its last file.
  for (const path of present) {
    rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  }
  present.clear();
  return count;
}
