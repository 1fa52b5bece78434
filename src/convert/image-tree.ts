import type { ImageNode } from '../builder/image-node.ts';
import { bytesContent } from '../content.ts';
import { type FileNodeMeta, fileNode } from '../file-node.ts';
import { pathBytes } from '../path-text.ts';
import type { CopyStep, Step } from './step.ts';

/**
 * The tree of the extension. Everything belongs to root; times are clamped to `sourceDateEpoch`, as the specification
 * of SOURCE_DATE_EPOCH asks, so that the same archive always gives the same image.
 */
export function imageTree(steps: readonly Step[], sourceDateEpoch: number): ImageNode[] {
  const clamp = (mtime: number) => Math.max(0, Math.min(mtime, sourceDateEpoch));
  const nodes: ImageNode[] = [];
  for (const step of steps) {
    if (step.do === 'drop') continue;
    if (step.do === 'create') {
      const meta = { path: step.to, uid: 0, gid: 0, mtime: sourceDateEpoch, xattrs: new Map() };
      nodes.push(
        'text' in step.made
          ? { ...meta, kind: 'file', mode: 0o644, content: textContent(step.made.text) }
          : { ...meta, kind: 'symlink', mode: 0o777, target: step.made.target },
      );
      continue;
    }
    const { to: path, mode, xattrs } = step;
    const meta = { path, mode, uid: 0, gid: 0, mtime: clamp(step.entry.mtime), xattrs };
    if (step.do === 'rewrite') nodes.push(fileNode(meta, textContent(step.text)));
    else nodes.push(copiedNode(meta, step));
  }
  return nodes;
}

function copiedNode(meta: FileNodeMeta, { entry, target, to }: CopyStep): ImageNode {
  switch (entry.kind) {
    case 'file':
      return fileNode(meta, entry.content);
    case 'directory':
      return { ...meta, kind: 'directory' };
    case 'symlink':
      return { ...meta, kind: 'symlink', target: target ?? entry.target };
    case 'hardlink':
      if (target === undefined) throw new Error(`the hard link ${to} has no target`);
      return { ...meta, kind: 'hardlink', target };
    default:
      throw new Error(`a ${entry.kind} cannot be copied`);
  }
}

/** A text that we make may name files, and names are bytes. */
function textContent(text: string) {
  return bytesContent(pathBytes(text));
}
