import { resolve } from 'node:path';
import { removeEntry } from '../host/remove-entry.ts';
import { replaceContent } from '../host/replace-content.ts';
import type { PlannedFix } from './planned-fix.ts';

/**
 * Makes one fix on disk, as a whole.
 * @param backupDirectory where a copy of the file goes first, below it by its whole path
 * @returns why it was not made; undefined when it was
 */
export function makeFix(fix: PlannedFix, backupDirectory?: string): Promise<string | undefined> {
  const { file } = fix;
  const backup =
    backupDirectory === undefined ? {} : { backup: resolve(backupDirectory) + file.place };
  return fix.kind === 'edit'
    ? replaceContent({ ...fix, ...file, ...backup })
    : removeEntry({ ...fix, ...file, ...backup });
}
