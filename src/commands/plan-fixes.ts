import type { AuditResult } from '../analyze/audit/audit-result.ts';
import { type FixGroup, fixGroups } from '../fix-group.ts';
import { groupBy } from '../group-by.ts';
import { CHANGED } from '../host/change-failure.ts';
import { comparePaths } from '../path-text.ts';
import type { Edited, PathAudit } from './audit-paths.ts';
import { fixedContent, type PlannedFix, plannedFix } from './planned-fix.ts';
import { readUnchanged } from './read-unchanged.ts';

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
        unfixed.set(path, CHANGED);
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
      const after = edited.get(path);
      return file && after ? [plannedFix(file, before, after)] : [];
    }),
    unfixed: [...unfixed].map(([path, reason]) => ({ path, reason })),
    left,
  };
}

function byPath(fixes: readonly FixGroup[]): [string, FixGroup[]][] {
  const files = groupBy(fixes, ({ path }) => path);
  return [...files].sort(([a], [b]) => comparePaths(a, b));
}
