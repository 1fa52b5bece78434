import type { InspectReport } from '../../convert/inspect-report.ts';
import type { Finding } from '../../finding.ts';
import { buildEntryTree, type TreeNode } from './entry-tree.ts';

/** A plan as the screens look at it: the report, and what is asked of it at every key. Made once for each plan. */
export interface Analysis {
  readonly report: InspectReport;
  /** The archive's top level, and behind it what the conversion adds. */
  readonly roots: readonly TreeNode[];
  readonly nodes: ReadonlyMap<string, TreeNode>;
  /** Of an entry, by its path in the archive: also those about what is made of it. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
}

export function analysisOf(report: InspectReport): Analysis {
  const findings = findingsByEntry(report);
  const { roots, nodes } = buildEntryTree(report, findings);
  return { report, roots, nodes, findings };
}

export function findingsOf({ findings }: Analysis, path: string): readonly Finding[] {
  return findings.get(path) ?? [];
}

function findingsByEntry({ entries, findings }: InspectReport): ReadonlyMap<string, Finding[]> {
  const entryPaths = new Set(entries.map(({ path }) => path));
  // A finding about what is made of an entry has its path in the extension.
  const origins = new Map(entries.flatMap(({ to, path }) => (to === null ? [] : [[to, path]])));
  const byEntry = new Map<string, Finding[]>();
  for (const one of findings) {
    if (one.path === undefined) continue;
    const entry = entryPaths.has(one.path) ? one.path : (origins.get(one.path) ?? one.path);
    const others = byEntry.get(entry);
    if (others) others.push(one);
    else byEntry.set(entry, [one]);
  }
  return byEntry;
}
