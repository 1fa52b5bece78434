import stringWidth from 'string-width';
import { glyphs } from './charset-scope.ts';

/** How many cells of a terminal a text takes, as Ink counts them. */
export function cellWidth(text: string): number {
  return isAscii(text) ? text.length : stringWidth(text);
}

/** The text in exactly `width` cells: too long it ends in a mark, too short it is filled with spaces. */
export function fitText(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const cut = cutText(text, width);
  const padding = ' '.repeat(Math.max(0, width - cellWidth(cut)));
  return align === 'left' ? cut + padding : padding + cut;
}

/** The text in at most `width` cells, with a mark at its end when something is missing. */
export function cutText(text: string, width: number): string {
  if (cellWidth(text) <= width) return text;
  if (width <= 0) return '';
  return headOf(text, width - 1) + glyphs().cut;
}

/** The end of a text in at most `width` cells: of a path the end says most. */
export function cutStart(text: string, width: number): string {
  if (cellWidth(text) <= width) return text;
  if (width <= 0) return '';
  const characters = charactersOf(text);
  let used = 0;
  let from = characters.length;
  while (from > 0) {
    const size = cellWidth(characters[from - 1] ?? '');
    if (used + size > width - 1) break;
    used += size;
    from -= 1;
  }
  return glyphs().cut + characters.slice(from).join('');
}

/** Both ends of a text in at most `width` cells: names of one kind differ behind what they have in common. */
export function cutMiddle(text: string, width: number): string {
  if (cellWidth(text) <= width) return text;
  const end = Math.floor(width * 0.4);
  if (end < 1) return cutText(text, width);
  return headOf(text, width - end) + cutStart(text, end);
}

/** As many whole characters from the start as `width` cells hold. */
export function headOf(text: string, width: number): string {
  if (isAscii(text)) return text.slice(0, Math.max(0, width));
  let head = '';
  let used = 0;
  for (const character of charactersOf(text)) {
    used += cellWidth(character);
    if (used > width) break;
    head += character;
  }
  return head;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a reader takes for one character may be several code points: a letter and its accents. */
export function charactersOf(text: string): string[] {
  return isAscii(text) ? [...text] : Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
