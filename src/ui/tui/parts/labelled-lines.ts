import type { Tone } from '../theme.ts';
import { screenText } from './screen-text.ts';
import type { Line } from './span.ts';
import { wrapCells } from './wrap-cells.ts';

/** A word, and what is to be said about it. */
export type Labelled = readonly [label: string, text: string, tone?: Tone];

/** Labels and beside them texts from anywhere, broken at their spaces to fit into `columns` cells. */
export function labelledLines(
  rows: readonly Labelled[],
  columns: number,
  labelTone: Tone = 'faint',
): Line[] {
  const width = Math.max(0, ...rows.map(([label]) => label.length)) + 2;
  return rows.flatMap(([label, text, tone]) => {
    return wrapCells(screenText(text), Math.max(1, columns - width)).map(
      (line, index): Line => [
        { text: (index === 0 ? label : '').padEnd(width), tone: labelTone },
        { text: line, tone },
      ],
    );
  });
}
