import type { Entry } from '../analyze/entry.ts';
import { type EntryChoices, entryChoice } from '../entry-choice.ts';
import { pathBytes } from '../path-text.ts';
import { similarText } from '../similar-text.ts';
import { usageError } from '../usage-error.ts';

/** What the user wants of single entries. */
export interface EntryRequests {
  isDropped(path: string): boolean;
  /** True for an entry that was named itself: what the plan would leave out is wanted. */
  isKept(path: string): boolean;
  /** False as long as the plan decides everything. */
  readonly hasDropped: boolean;
}

/** The plan decides everything. */
export const NO_REQUESTS: EntryRequests = {
  isDropped: () => false,
  isKept: () => false,
  hasDropped: false,
};

/** Why an entry is not in the extension, and why one is that would not be. */
export const DROPPED_REASON = 'left out on request';
export const KEPT_REASON = 'kept on request';

/**
 * Settles which entries are meant.
 * @throws ToolError `usage` for a path that the archive does not have, and for a directory that is kept without a need
 */
export function entryRequests(
  entries: ReadonlyMap<string, Entry>,
  { drop, keep }: EntryChoices,
): EntryRequests {
  const choices = {
    drop: drop.map(path => entryNamed(path, entries)),
    keep: keep.map(path => entryNamed(path, entries)),
  };
  for (const path of choices.keep) assertNeeded(path, entries, choices.drop);
  const kept = new Set(choices.keep.filter(path => entries.get(path)?.kind !== 'directory'));
  const dropped = new Set(
    choices.drop.length === 0
      ? []
      : [...entries.keys()].filter(path => entryChoice(path, choices) === 'drop'),
  );
  return {
    isDropped: path => dropped.has(path),
    isKept: path => kept.has(path),
    hasDropped: dropped.size > 0,
  };
}

function entryNamed(path: string, entries: ReadonlyMap<string, Entry>): string {
  if (entries.has(path)) return path;
  const paths = [...entries.keys()];
  const spelled = path.includes('\ufffd') ? paths.filter(one => asArgument(one) === path) : [];
  const [only, another] = spelled;
  if (only !== undefined && another === undefined) return only;
  throw usageError(`the archive has no entry '${path}'`, similarText(path, paths));
}

/** Node.js gives arguments as text, in which every byte that is no UTF-8 has become U+FFFD. */
function asArgument(path: string): string {
  return Buffer.from(pathBytes(path)).toString();
}

/** What a directory holds has many reasons to be left out; only for single entries it is clear what is wanted. */
function assertNeeded(
  path: string,
  entries: ReadonlyMap<string, Entry>,
  drop: readonly string[],
): void {
  if (entries.get(path)?.kind !== 'directory') return;
  if (drop.some(dropped => path.startsWith(`${dropped}/`))) return;
  throw usageError(
    `--keep '${path}' is a directory, and no --drop leaves it out`,
    '--keep with the path of a file in it',
  );
}
