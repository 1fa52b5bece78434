import { impliedDirectory } from '../../file-node.ts';
import { parentsOf } from '../../path-names.ts';
import { comparePaths } from '../../path-text.ts';
import type { ImageNode } from '../image-node.ts';

/** The nodes with every directory that they lie in, by path: parents first. Root has no node. */
export function wholeTree(nodes: readonly ImageNode[]): ImageNode[] {
  const byPath = new Map(nodes.map(node => [node.path, node]));
  byPath.delete('');
  for (const path of [...byPath.keys()]) {
    for (const parent of parentsOf(path)) {
      if (!byPath.has(parent)) byPath.set(parent, impliedDirectory(parent));
    }
  }
  const all = [...byPath.values()].map(node => separateLink(node, byPath));
  return all.sort((a, b) => comparePaths(a.path, b.path));
}

/** mke2fs makes two of a symbolic link with two names. They are told apart by nothing, so here they are two as well. */
function separateLink(node: ImageNode, tree: ReadonlyMap<string, ImageNode>): ImageNode {
  const target = node.kind === 'hardlink' ? tree.get(node.target) : undefined;
  return target?.kind === 'symlink' ? { ...target, path: node.path } : node;
}
