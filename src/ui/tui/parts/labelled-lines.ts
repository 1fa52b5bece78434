import { safeText } from '../../safe-text.ts';
import { wrapText } from '../../wrap-text.ts';
import type { Tone } from '../theme.ts';
import type { Line } from './span.ts';

/** A word, and what is to be said about it. */
export type Labelled = readonly [label: string, text: string, tone?: Tone];

/** Labels and beside them texts from anywhere, broken at their spaces to fit into `columns` cells. */
export function labelledLines(rows: readonly Labelled[], columns: number): Line[] {
  const width = Math.max(0, ...rows.map(([label]) => label.length)) + 2;
  return rows.flatMap(([label, text, tone]) => {
    const lines = wrapText(safeText(text), { width: Math.max(1, columns - width) });
    const shown = lines[0] === '' && lines.length > 1 ? lines.slice(1) : lines;
    return shown.map(
      (line, index): Line => [
        { text: (index === 0 ? label : '').padEnd(width), tone: 'faint' },
        { text: line, tone },
      ],
    );
  });
}
