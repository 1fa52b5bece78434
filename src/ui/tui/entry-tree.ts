import type { CreatedRow, EntryRow, InspectReport } from '../../convert/inspect-report.ts';
import type { Finding } from '../../finding.ts';
import { groupBy } from '../../group-by.ts';
import { baseName, parentOf } from '../../path-names.ts';
import { comparePaths } from '../../path-text.ts';
import { ADDED } from '../added-path.ts';
import { addTally, type EntryTally, emptyTally, tallyOf } from './entry-tally.ts';

/** One line of the tree: an entry of the archive, or something that the conversion adds. */
export interface TreeNode {
  /** Path in the archive; with {@link ADDED} and a slash before it, of what is added. */
  readonly path: string;
  readonly name: string;
  /** 0 at the top. */
  readonly depth: number;
  /** Sorted by name. */
  readonly children: readonly TreeNode[];
  /** Bytes of all files below. */
  readonly size: number;
  readonly tally: EntryTally;
  readonly what: { readonly entry: EntryRow } | { readonly created: CreatedRow } | 'added';
}

interface EntryTree {
  readonly roots: readonly TreeNode[];
  readonly nodes: ReadonlyMap<string, TreeNode>;
}

/** The entries as a tree, with the sums of each directory. */
export function buildEntryTree(
  { entries, created, extension }: InspectReport,
  findings: ReadonlyMap<string, readonly Finding[]>,
): EntryTree {
  const rowsByParent = groupBy(entries, ({ path }) => parentOf(path));
  const nodes = new Map<string, TreeNode>();
  const nodesBelow = (parent: string, depth: number): TreeNode[] =>
    (rowsByParent.get(parent) ?? []).map(entry => {
      const children = entry.kind === 'directory' ? nodesBelow(entry.path, depth + 1) : [];
      const own = tallyOf(entry, findings.get(entry.path) ?? []);
      const node: TreeNode = {
        path: entry.path,
        name: baseName(entry.path),
        depth,
        children,
        size: children.reduce((sum, child) => sum + child.size, entry.size ?? 0),
        tally: children.reduce((sum, child) => addTally(sum, child.tally), own),
        what: { entry },
      };
      nodes.set(node.path, node);
      return node;
    });
  const roots = nodesBelow('', 0);
  const release = extension && {
    to: extension.extensionRelease.path,
    reason: 'systemd-sysext merges nothing without it',
  };
  const added = [...created, ...(release ? [release] : [])].sort((a, b) =>
    comparePaths(a.to, b.to),
  );
  if (added.length > 0) roots.push(addedNode(added, findings, nodes));
  return { roots, nodes };
}

/** What is added has no directories of its own in the archive: one level shows where it goes. */
function addedNode(
  created: readonly CreatedRow[],
  findings: ReadonlyMap<string, readonly Finding[]>,
  nodes: Map<string, TreeNode>,
): TreeNode {
  const children = created.map((row): TreeNode => {
    const node: TreeNode = {
      path: `${ADDED}/${row.to}`,
      name: row.to,
      depth: 1,
      children: [],
      size: 0,
      tally: tallyOf(undefined, findings.get(`${ADDED}/${row.to}`) ?? []),
      what: { created: row },
    };
    nodes.set(node.path, node);
    return node;
  });
  const added: TreeNode = {
    path: ADDED,
    name: 'added by the conversion',
    depth: 0,
    children,
    size: 0,
    tally: children.reduce((sum, child) => addTally(sum, child.tally), emptyTally),
    what: 'added',
  };
  nodes.set(ADDED, added);
  return added;
}
