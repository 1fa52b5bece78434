import type { Content } from '../../content.ts';
import { compareContent, differs } from '../compare-content.ts';
import type { ImageNode } from '../image-node.ts';

/** A directory into which an image was unpacked. */
export interface ExtractedTree {
  /** Absolute. */
  readonly path: string;
  /** Runs `use` with the content of a file; false where there is none. */
  read(path: string, use: (content: Content) => Promise<void>): Promise<boolean>;
  /** The target of a symbolic link; undefined where there is none. */
  readLink(path: string): Promise<string | undefined>;
}

/**
 * Compares what was taken out of an image with what was to be put in: contents and targets. Owners and attributes of
 * files that were unpacked belong to whoever did that.
 * @throws ToolError `self-check-failed` for the first difference
 */
export async function compareExtracted(
  nodes: readonly ImageNode[],
  tree: ExtractedTree,
): Promise<void> {
  const byPath = new Map(nodes.map(node => [node.path, node]));
  for (const { path, ...own } of nodes) {
    const node = own.kind === 'hardlink' ? byPath.get(own.target) : own;
    if (node?.kind === 'symlink' && (await tree.readLink(path)) !== node.target) {
      throw differs(path, 'its target differs');
    }
    if (node?.kind !== 'file') continue;
    const isThere = await tree.read(path, found => compareContent(path, node.content, found));
    if (!isThere) throw differs(path, 'it is missing');
  }
}
