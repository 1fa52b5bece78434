import type { AuditResult } from '../analyze/audit/audit-result.ts';
import { applyFixEdits } from '../apply-fix-edits.ts';
import { type FixGroup, fixGroups } from '../fix-group.ts';
import { isSameStamp, readTreeFile } from '../host/tree-file.ts';
import { comparePaths, pathBytes } from '../path-text.ts';
import type { AuditedFile, Edited, PathAudit } from './audit-paths.ts';

/** A file or link and what should become of it. */
export type PlannedFix =
  | {
      readonly kind: 'edit';
      readonly file: AuditedFile;
      readonly before: Uint8Array;
      readonly after: Uint8Array;
    }
  | { readonly kind: 'remove'; readonly file: AuditedFile; readonly before: Uint8Array };

export interface FixPlan {
  /** Sorted by path. */
  readonly fixes: readonly PlannedFix[];
  readonly unfixed: readonly { readonly path: string; readonly reason: string }[];
  /** What an audit says once the fixes are made. */
  readonly left: AuditResult;
}

export interface FixOptions {
  /** Asked for every fix, and again for those that come to light when others are made. */
  isWanted(fix: FixGroup): boolean;
  /** Audits the same paths again, with these contents instead of those on disk. */
  audit(edited: Edited): Promise<PathAudit>;
}

/** A fix can bring another one to light; no tree needs more rounds than this, and none goes round for ever. */
const MOST_ROUNDS = 8;

/** Decides which files change, and audits the outcome until there is nothing more to mend. Writes nothing. */
export async function planFixes(first: PathAudit, options: FixOptions): Promise<FixPlan> {
  const originals = new Map<string, Uint8Array>();
  const edited = new Map<string, Uint8Array | 'removed'>();
  const unfixed = new Map<string, string>();
  let left = first.result;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let isChanged = false;
    for (const [path, fixes] of byPath(fixGroups(left.findings).filter(options.isWanted))) {
      const file = first.files.get(path);
      if (!file || unfixed.has(path)) continue;
      const known = edited.get(path);
      const before = known instanceof Uint8Array ? known : readUnchanged(file);
      if (before === undefined) {
        unfixed.set(path, 'it changed since it was read');
        continue;
      }
      const after = fixedContent(before, fixes);
      if (after !== 'removed' && Buffer.compare(before, after) === 0) continue;
      if (!originals.has(path)) originals.set(path, before);
      edited.set(path, after);
      isChanged = true;
    }
    if (!isChanged) break;
    ({ result: left } = await options.audit(edited));
  }
  return {
    fixes: [...originals].flatMap(([path, before]) => {
      const file = first.files.get(path);
      return file ? plannedFix(file, before, edited.get(path)) : [];
    }),
    unfixed: [...unfixed].map(([path, reason]) => ({ path, reason })),
    left,
  };
}

function fixedContent(before: Uint8Array, fixes: readonly FixGroup[]): Uint8Array | 'removed' {
  if (fixes.some(({ removesFile }) => removesFile)) return 'removed';
  return applyFixEdits(
    before,
    fixes.flatMap(({ edits }) => edits),
  );
}

function plannedFix(
  file: AuditedFile,
  before: Uint8Array,
  after: Uint8Array | 'removed' | undefined,
): PlannedFix[] {
  if (after === undefined) return [];
  return after === 'removed'
    ? [{ kind: 'remove', file, before }]
    : [{ kind: 'edit', file, before, after }];
}

function byPath(fixes: readonly FixGroup[]): [string, FixGroup[]][] {
  const files = new Map<string, FixGroup[]>();
  for (const fix of fixes) {
    const group = files.get(fix.path);
    if (group) group.push(fix);
    else files.set(fix.path, [fix]);
  }
  return [...files].sort(([a], [b]) => comparePaths(a, b));
}

/** The content that was judged, of a link its target; undefined when the file is not the same any more. */
function readUnchanged(audited: AuditedFile): Uint8Array | undefined {
  if (audited.kind === 'symlink') return pathBytes(audited.target);
  const file = readTreeFile(audited.diskPath);
  return file.kind === 'file' && isSameStamp(file.stamp, audited.stamp) ? file.bytes : undefined;
}
