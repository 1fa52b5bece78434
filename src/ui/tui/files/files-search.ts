import type { TreeNode } from '../entry-tree.ts';

/** What is searched in the tree, and what was found. */
export interface Search {
  readonly text: string;
  readonly isTyping: boolean;
  /** Where the cursor was when the search began. */
  readonly origin: string | undefined;
  /** Paths in the order of the open tree. */
  readonly matches: readonly string[];
}

/** The paths that hold the text, whether it is written large or small. */
export function matchesOf(rows: readonly TreeNode[], text: string): string[] {
  if (text === '') return [];
  const wanted = text.toLowerCase();
  return rows.flatMap(({ path, name }) =>
    (text.includes('/') ? path : name).toLowerCase().includes(wanted) ? [path] : [],
  );
}

/** The next match behind `from`, or before it, round the end of the tree. */
export function nextMatch(
  rows: readonly TreeNode[],
  { matches }: Search,
  { from, direction }: { readonly from: string | undefined; readonly direction: 1 | -1 },
): string | undefined {
  const isMatch = new Set(matches);
  const start = rows.findIndex(({ path }) => path === from);
  for (let distance = 1; distance <= rows.length; distance += 1) {
    const index = (start + direction * distance + rows.length * 2) % rows.length;
    const path = rows[index]?.path;
    if (path !== undefined && isMatch.has(path)) return path;
  }
  return undefined;
}
