import type { Tone } from '../theme.ts';
import { screenText } from './screen-text.ts';
import { type Line, lineOf } from './span.ts';
import { wrapCells } from './wrap-cells.ts';

/** A text from anywhere in lines of at most `columns` cells, broken at its spaces and, where it has none, anywhere. */
export function wrapLines(text: string, columns: number, tone?: Tone): Line[] {
  return wrapCells(screenText(text), Math.max(1, columns)).map(line => lineOf(line, tone));
}
