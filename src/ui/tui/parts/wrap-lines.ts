import { wrapText } from '../../wrap-text.ts';
import type { Tone } from '../theme.ts';
import { headOf } from './fit-text.ts';
import { screenText } from './screen-text.ts';
import { type Line, lineOf } from './span.ts';

/** A text from anywhere in lines of at most `columns` cells, broken at its spaces and, where it has none, anywhere. */
export function wrapLines(text: string, columns: number, tone?: Tone): Line[] {
  const width = Math.max(1, columns);
  const lines = wrapText(screenText(text), { width });
  const shown = lines[0] === '' && lines.length > 1 ? lines.slice(1) : lines;
  return shown.flatMap(line => pieces(line, width)).map(piece => lineOf(piece, tone));
}

function pieces(line: string, width: number): string[] {
  const parts: string[] = [];
  let rest = line;
  do {
    // A character that is wider than the line still has to go somewhere.
    const head = headOf(rest, width) || rest.slice(0, 1);
    parts.push(head);
    rest = rest.slice(head.length);
  } while (rest !== '');
  return parts;
}
