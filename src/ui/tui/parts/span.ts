import type { Tone } from '../theme.ts';
import { glyphs } from './charset-scope.ts';
import { cellWidth, headOf } from './fit-text.ts';

/** A piece of a line. Its text is safe to show (see safe-text.ts) and has no line break. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone | undefined;
}

/** From left to right. */
export type Line = readonly Span[];

export function lineOf(text: string, tone?: Tone): Line {
  return [{ text, tone }];
}

/** In cells. */
export function lineWidth(line: Line): number {
  return line.reduce((sum, { text }) => sum + cellWidth(text), 0);
}

/** The line in exactly `width` cells: what is too long ends in a mark, the rest is filled with spaces. */
export function fitLine(line: Line, width: number): Line {
  const size = lineWidth(line);
  return size <= width ? padded(line, width - size) : cutLine(line, width);
}

function cutLine(line: Line, width: number): Line {
  if (width <= 0) return [];
  const spans: Span[] = [];
  let room = width - 1;
  for (const { text, tone } of line) {
    const head = headOf(text, room);
    room -= cellWidth(head);
    spans.push({ text: head.length < text.length ? head + glyphs().cut : head, tone });
    if (head.length < text.length) break;
  }
  return padded(spans, room);
}

function padded(line: Line, cells: number): Line {
  return cells > 0 ? [...line, { text: ' '.repeat(cells) }] : line;
}

/** The line without its first `cells`. */
export function cropLine(line: Line, cells: number): Line {
  let left = cells;
  return line.map(({ text, tone }) => {
    const head = headOf(text, left);
    left -= cellWidth(head);
    return { text: text.slice(head.length), tone };
  });
}
