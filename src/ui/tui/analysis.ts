import type { InspectReport } from '../../convert/inspect-report.ts';
import type { Finding, RuleId } from '../../finding.ts';
import { ADDED } from '../added-path.ts';
import { buildEntryTree, type TreeNode } from './entry-tree.ts';

/** A plan as the screens look at it: the report, and what is asked of it at every key. Made once for each plan. */
export interface Analysis {
  readonly report: InspectReport;
  /** The archive's top level, and behind it what the conversion adds. */
  readonly roots: readonly TreeNode[];
  readonly nodes: ReadonlyMap<string, TreeNode>;
  /** Of a node, by its path: those of an entry are also those about what is made of it. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  /** The node that a finding's path means, be it a path in the archive or in the extension. */
  readonly nodeOf: (path: string) => string | undefined;
}

/** Brings each finding to the node that it is about. */
export function analysisOf(report: InspectReport): Analysis {
  const nodeOf = nodeFinder(report);
  const findings = new Map<string, Finding[]>();
  for (const one of report.findings) {
    const node = one.path === undefined ? undefined : nodeOf(one.path);
    if (node === undefined) continue;
    const others = findings.get(node);
    if (others) others.push(one);
    else findings.set(node, [one]);
  }
  return { report, findings, nodeOf, ...buildEntryTree(report, findings) };
}

/** @param path of a node, not of a finding */
export function findingsOf({ findings }: Analysis, path: string): readonly Finding[] {
  return findings.get(path) ?? [];
}

/** Of the findings of an entry, each once. */
export function rulesOf(analysis: Analysis, path: string): readonly RuleId[] {
  return [...new Set(findingsOf(analysis, path).map(({ ruleId }) => ruleId))];
}

/** A finding about what is made of an entry has its path in the extension. */
function nodeFinder({ entries, created }: InspectReport): Analysis['nodeOf'] {
  const nodes = new Map<string, string>();
  for (const { to } of created) nodes.set(to, `${ADDED}/${to}`);
  for (const { path, to } of entries) if (to !== null) nodes.set(to, path);
  for (const { path } of entries) nodes.set(path, path);
  return path => nodes.get(path);
}
