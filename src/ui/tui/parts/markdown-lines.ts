import { wrapText } from '../../wrap-text.ts';
import { type Line, lineOf } from './span.ts';
import { textLines } from './text-lines.ts';

/** A page of Markdown, as far as the pages of this program use it, in lines of at most `width` cells where words allow. */
export function markdownLines(markdown: string, width: number): Line[] {
  const lines: Line[] = [];
  let paragraph: string[] = [];
  let isCode = false;
  const endParagraph = () => {
    if (paragraph.length === 0) return;
    lines.push(...wrapText(plain(paragraph.join(' ')), { width }).map(text => lineOf(text)));
    paragraph = [];
  };
  for (const text of textLines(markdown)) {
    const isFence = text.startsWith('```');
    if (isFence || isCode || text.trim() === '' || /^(#|- |\| |\d+\. )/.test(text)) endParagraph();
    if (isFence) isCode = !isCode;
    else if (isCode) lines.push(lineOf(`  ${text}`, 'info'));
    else if (text.startsWith('#')) lines.push(lineOf(text.replace(/^#+ /, ''), 'strong'));
    else if (text.trim() === '') lines.push(lineOf(''));
    else paragraph.push(text);
  }
  endParagraph();
  return lines;
}

/** Emphasis and code marks say nothing on a terminal. */
function plain(text: string): string {
  return text.replaceAll('`', '').replaceAll('**', '');
}
