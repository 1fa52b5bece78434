import { sortFindings } from '../../finding.ts';
import { isBefore, WITH_SYSEXT, WITHOUT_TORCX } from '../../flatcar-release.ts';
import { comparePaths } from '../../path-text.ts';
import type { AuditEntry } from './audit-entry.ts';
import type { AuditResult } from './audit-result.ts';
import { AuditedTree } from './audited-tree.ts';
import { judgeEntry } from './judge-entry.ts';
import { CONTEXT_PATHS } from './node-context.ts';
import { AUDIT_RULES } from './rule-list.ts';

export interface AuditOptions {
  /** As given by the user. */
  readonly roots: readonly string[];
  /** `3794.0.0`: the tree is judged for this release of Flatcar. */
  readonly targetVersion: string;
  /** Identifiers of rules, or their beginnings; absent or empty: all. */
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
  /** Whether comments in the files may silence findings. */
  readonly useIgnores: boolean;
  /** Reads those of the node's paths that are there; without it a node is only what the entries say. */
  readonly readContext?: (
    nodeRoot: string,
    nodePaths: readonly string[],
  ) => AsyncIterable<AuditEntry>;
}

/** Judges configuration trees. Reads nothing but the entries; keeps only what may concern Torcx in memory. */
export async function auditEntries(
  entries: AsyncIterable<AuditEntry>,
  options: AuditOptions,
): Promise<AuditResult> {
  const tree = new AuditedTree();
  for await (const entry of entries) tree.add(entry);
  await addContext(tree, options);
  const rules = AUDIT_RULES.filter(
    ({ id }) => isMeant(id, options.targetVersion) && isChosen(id, options),
  );
  const isComplete = rules.length === AUDIT_RULES.length;
  const judgeOptions = {
    rules: new Map(rules.map(rule => [rule.id, rule])),
    useIgnores: options.useIgnores,
    judgesIgnores: isComplete && isChosen('TX901', options),
  };
  const judged = tree.subjects().map(subject => judgeEntry(subject, judgeOptions));
  return {
    roots: options.roots,
    targetVersion: options.targetVersion,
    files: tree.files,
    unreadable: byPath(tree.unreadable),
    unparsed: byPath(tree.unparsed),
    skipped: byPath(tree.skipped),
    findings: sortFindings(judged.flatMap(({ findings }) => findings)),
    suppressed: judged
      .flatMap(({ suppressed }) => suppressed)
      .sort(
        (a, b) =>
          comparePaths(a.finding.path ?? '', b.finding.path ?? '') ||
          (a.finding.line ?? 0) - (b.finding.line ?? 0),
      ),
  };
}

async function addContext(tree: AuditedTree, { readContext }: AuditOptions): Promise<void> {
  if (!readContext) return;
  for (const root of tree.openRoots()) {
    for await (const entry of readContext(root, CONTEXT_PATHS)) tree.addContext(entry);
    // Where these are is known only now.
    const stores = tree.configuredStores(root);
    for await (const entry of readContext(root, stores)) tree.addContext(entry);
  }
}

/** On a release with Torcx nothing of Torcx is broken; extensions can be wrong as soon as there are any. */
function isMeant(id: string, targetVersion: string): boolean {
  if (!isBefore(targetVersion, WITHOUT_TORCX)) return true;
  return id === 'TX504' && !isBefore(targetVersion, WITH_SYSEXT);
}

function isChosen(id: string, { select = [], ignore = [] }: AuditOptions): boolean {
  const matches = (prefix: string) => id.startsWith(prefix);
  return (select.length === 0 || select.some(matches)) && !ignore.some(matches);
}

function byPath<T extends { readonly path: string }>(list: readonly T[]): T[] {
  return list.toSorted((a, b) => comparePaths(a.path, b.path));
}
