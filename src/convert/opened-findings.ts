import type { Entry } from '../analyze/entry.ts';
import { type Finding, finding } from '../finding.ts';
import { octalMode } from '../octal-mode.ts';
import { parentOf } from '../path-names.ts';
import type { Placement } from './path-map.ts';

/** Directories whose closed mode kept files from other users, who can read them in an extension (TX621). */
export function openedFindings(
  entries: ReadonlyMap<string, Entry>,
  placements: ReadonlyMap<string, Placement>,
): Finding[] {
  /** Of a directory: the outermost closed one that it is, or lies in. */
  const closed = new Map<string, string | undefined>();
  const opened = new Map<string, string[]>();
  for (const { path, kind, mode } of entries.values()) {
    const around = closed.get(parentOf(path));
    // Who may not enter a directory cannot read what is in it.
    if (kind === 'directory') closed.set(path, around ?? ((mode & 0o001) === 0 ? path : undefined));
    const isReadable = kind === 'file' && (mode & 0o004) !== 0;
    if (around === undefined || !isReadable || !placements.get(path)?.to) continue;
    const files = opened.get(around);
    if (files) files.push(path);
    else opened.set(around, [path]);
  }
  return [...opened].map(([path, files]) => {
    const [first = ''] = files;
    const more = files.length > 1 ? ` and ${files.length - 1} more` : '';
    return finding('TX621', {
      path,
      message: `has the mode ${octalMode(entries.get(path)?.mode ?? 0)}; every directory of an extension is 0755, so that all users can read ${first}${more}`,
      fix: { safety: 'manual', description: 'close the files themselves: their modes stay' },
    });
  });
}
