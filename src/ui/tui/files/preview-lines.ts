import { comparePaths } from '../../../path-text.ts';
import { countText } from '../../count-text.ts';
import { sizeText } from '../../size-text.ts';
import type { Analysis } from '../analysis.ts';
import type { TreeNode } from '../entry-tree.ts';
import { diffLines } from '../parts/diff-lines.ts';
import { screenText } from '../parts/screen-text.ts';
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
  if (isOpenable(node)) return directoryLines(node);
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

function directoryLines({ children, size }: TreeNode): readonly Line[] {
  const largest = [...children].sort((a, b) => b.size - a.size || comparePaths(a.path, b.path));
  return [
    lineOf(`${countText(children.length, 'entry', 'entries')}, ${sizeText(size)}`, 'faint'),
    ...largest.map(child =>
      lineOf(
        `${sizeOf(child).padStart(10)}  ${screenText(child.name)}${isOpenable(child) ? '/' : ''}`,
      ),
    ),
  ];
}

function sizeOf({ size }: TreeNode): string {
  return size === 0 ? '' : sizeText(size);
}

function isOpenable({ children }: TreeNode): boolean {
  return children.length > 0;
}
