import { wrapText } from '../../wrap-text.ts';
import { cellWidth, headOf } from './fit-text.ts';

/** A text in lines of at most `width` cells: broken at its spaces, and within words that are longer. */
export function wrapCells(text: string, width: number): string[] {
  const words = text.split(' ').flatMap(word => cellPieces(word, width));
  const [first = '', ...rest] = wrapText(words.join(' '), { width, widthOf: cellWidth });
  // What is too long for the first line begins on the next one.
  return first === '' && rest.length > 0 ? rest : [first, ...rest];
}

/** A text without a place to break it: all pieces but the last fill `width` cells. */
export function cellPieces(word: string, width: number): string[] {
  const found: string[] = [];
  let rest = word;
  while (cellWidth(rest) > width) {
    const head = headOf(rest, width);
    if (head === '') break;
    found.push(head);
    rest = rest.slice(head.length);
  }
  return [...found, rest];
}
