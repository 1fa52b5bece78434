import { countText } from '../../count-text.ts';
import { safeText } from '../../safe-text.ts';
import { sizeText } from '../../size-text.ts';
import type { Analysis } from '../analysis.ts';
import type { TreeNode } from '../entry-tree.ts';
import { diffLines } from '../parts/diff-lines.ts';
import { type Line, lineOf } from '../parts/span.ts';
import { textLines } from '../parts/text-lines.ts';
import type { Preview } from '../preview.ts';
import { hexLines } from './hex-lines.ts';

/** What is inside of an entry, in lines of any length: first what changes, then what is there. */
export function previewLines(
  node: TreeNode,
  { report }: Analysis,
  preview: Preview | undefined,
): readonly Line[] {
  if (node.children.length > 0) return directoryLines(node);
  const rewrite = report.rewrites.find(({ from }) => from === node.path);
  const content = preview === undefined ? [] : contentLines(preview);
  if (!rewrite) return content;
  return [
    ...diffLines(rewrite.diff),
    lineOf(''),
    ...(content.length > 0 ? [lineOf('as it is in the archive:', 'faint')] : []),
    ...content,
  ];
}

/** True for an entry with bytes that have to be fetched. */
export function hasContent({ what }: TreeNode): boolean {
  if (what === 'added') return false;
  if ('created' in what) return true;
  return what.entry.kind === 'file' || what.entry.kind === 'hardlink';
}

function contentLines(preview: Preview): readonly Line[] {
  switch (preview.kind) {
    case 'none':
      return [];
    case 'text':
      return [
        ...textLines(preview.text).map(text => lineOf(text)),
        ...(preview.isCut ? [lineOf('(the file goes on)', 'faint')] : []),
      ];
    case 'binary':
      return [
        ...hexLines(preview.bytes).map(text => lineOf(text)),
        ...(preview.isCut ? [lineOf('(the file goes on)', 'faint')] : []),
      ];
  }
}

function directoryLines({ children }: TreeNode): readonly Line[] {
  const largest = [...children].sort((a, b) => b.size - a.size);
  const total = children.reduce((sum, { size }) => sum + size, 0);
  return [
    lineOf(`${countText(children.length, 'entry', 'entries')}, ${sizeText(total)}`, 'faint'),
    ...largest.map(child =>
      lineOf(
        `${sizeText(child.size).padStart(10)}  ${safeText(child.name)}${child.children.length > 0 ? '/' : ''}`,
      ),
    ),
  ];
}
