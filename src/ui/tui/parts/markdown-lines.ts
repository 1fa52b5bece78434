import { wrapText } from '../../wrap-text.ts';
import { diffLines } from './diff-lines.ts';
import { type MarkdownBlock, markdownBlocks } from './markdown-blocks.ts';
import { type Line, lineOf } from './span.ts';
import { tableLines } from './table-lines.ts';
import { textLines } from './text-lines.ts';
import { cellPieces, wrapCells } from './wrap-cells.ts';

/** A page of Markdown, as far as the pages of this program use it, in lines of at most `width` cells where words allow. */
export function markdownLines(markdown: string, width: number): Line[] {
  return markdownBlocks(textLines(markdown)).flatMap(block => blockLines(block, width));
}

function blockLines(block: MarkdownBlock, width: number): Line[] {
  switch (block.kind) {
    case 'heading':
      return wrapCells(block.text, width).map(text => lineOf(text, 'strong'));
    case 'code':
      return codeLines(block, width);
    case 'table':
      return tableLines(block.rows, width);
    case 'item':
      return itemLines(block, width);
    case 'text':
      return wrapText(block.text, { width }).map(text => lineOf(text));
    case 'blank':
      return [lineOf('')];
  }
}

/** Commands are shown to their ends; what belongs to the line above stands further in. */
function codeLines(
  { language, lines }: Extract<MarkdownBlock, { kind: 'code' }>,
  width: number,
): Line[] {
  if (language === 'diff') return diffLines(lines.join('\n'));
  const room = Math.max(1, width - CODE_INDENT.length * 2);
  return lines.flatMap(text =>
    cellPieces(text, room).map((piece, index) =>
      lineOf(CODE_INDENT.repeat(index === 0 ? 1 : 2) + piece, 'info'),
    ),
  );
}

const CODE_INDENT = '  ';

function itemLines(
  { mark, texts }: Extract<MarkdownBlock, { kind: 'item' }>,
  width: number,
): Line[] {
  const lines = texts.flatMap(text => wrapText(text, { width: width - mark.length }));
  const indent = ' '.repeat(mark.length);
  return lines.map((text, index) => lineOf((index === 0 ? mark : indent) + text));
}
