import type { EntryTally } from '../entry-tally.ts';
import { fitText } from './fit-text.ts';
import type { Span } from './span.ts';

/** `W2`: the worst severity, and how many findings have it; in exactly `cells`. */
export function findingSpan(tally: EntryTally | undefined, cells: number): Span {
  const worst = (['error', 'warning', 'info'] as const).find(
    severity => tally && tally.findings[severity] > 0,
  );
  if (worst === undefined) return { text: ' '.repeat(cells) };
  const mark = `${worst.charAt(0).toUpperCase()}${tally?.findings[worst]}`;
  return { text: fitText(mark, cells), tone: worst };
}
