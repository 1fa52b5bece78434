import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What exists on disk under a temporary name right now. */
const present = new Set<string>();

/**
 * A hidden, unused name beside `path`, so that the final rename stays within one file system. It counts as present
 * from now on.
 */
export function temporaryPath(path: string): string {
  const name = `.${basename(path)}.${randomBytes(4).toString('hex')}`;
  const temporary = join(dirname(path), name);
  rememberTemporary(temporary);
  return temporary;
}

/** A file or directory of another name that must not be left behind either. */
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
  for (const path of present) rmSync(path, { recursive: true, force: true });
  present.clear();
  return count;
}
