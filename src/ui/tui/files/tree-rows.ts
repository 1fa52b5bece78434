import { comparePaths } from '../../../path-text.ts';
import type { EntryTally } from '../entry-tally.ts';
import type { TreeNode } from '../entry-tree.ts';

/** In the order in which a key goes through them. */
export const FILTERS = ['all', 'rewritten', 'dynamic', 'findings', 'dropped'] as const;
type Filter = (typeof FILTERS)[number];

/** In the order in which a key goes through them. */
export const SORTS = ['name', 'size'] as const;
type Sort = (typeof SORTS)[number];

/** Which part of the tree is shown, and how. */
export interface TreeView {
  /** Paths of the directories that are closed. */
  readonly folded: ReadonlySet<string>;
  readonly filter: Filter;
  readonly sort: Sort;
}

/** The lines of the tree from top to bottom. */
export function treeRows(roots: readonly TreeNode[], view: TreeView): TreeNode[] {
  const rows: TreeNode[] = [];
  const add = (nodes: readonly TreeNode[]) => {
    for (const node of ordered(nodes, view.sort)) {
      if (!passes(node.tally, view.filter)) continue;
      rows.push(node);
      if (!view.folded.has(node.path)) add(node.children);
    }
  };
  add(roots);
  return rows;
}

/** A directory passes when something below it does. */
function passes({ findings, ...tally }: EntryTally, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'findings':
      return findings.error + findings.warning + findings.info > 0;
    default:
      return tally[filter] > 0;
  }
}

function ordered(nodes: readonly TreeNode[], sort: Sort): readonly TreeNode[] {
  if (sort === 'name') return nodes;
  return [...nodes].sort((a, b) => b.size - a.size || comparePaths(a.path, b.path));
}

/** A tree that is larger than this is shown with its lower directories closed. */
const MOST_OPEN = 400;

/** What is closed at first: nothing, or all below the top of a large tree. */
export function foldedAtFirst(nodes: ReadonlyMap<string, TreeNode>): ReadonlySet<string> {
  if (nodes.size <= MOST_OPEN) return new Set();
  const closed = [...nodes.values()].filter(node => node.depth > 0 && node.children.length > 0);
  return new Set(closed.map(({ path }) => path));
}

/** The directories that have to be open for an entry to be seen. */
export function ancestorsOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
