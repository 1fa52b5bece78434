import { wrapText } from '../../wrap-text.ts';
import { cellWidth, headOf } from './fit-text.ts';

/** A text in lines of at most `width` cells: broken at its spaces, and within words that are longer. */
export function wrapCells(text: string, width: number): string[] {
  const [first = '', ...rest] = wrapText(text, { width, widthOf: cellWidth });
  // What is too long for the first line begins on the next one.
  const lines = first === '' && rest.length > 0 ? rest : [first, ...rest];
  return lines.flatMap(line => pieces(line, width));
}

function pieces(text: string, width: number): string[] {
  const found: string[] = [];
  let rest = text;
  while (cellWidth(rest) > width) {
    const head = headOf(rest, width);
    if (head === '') break;
    found.push(head);
    rest = rest.slice(head.length);
  }
  return [...found, rest];
}
