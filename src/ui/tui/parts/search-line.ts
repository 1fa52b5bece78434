import { countText } from '../../count-text.ts';
import { cutStart } from './fit-text.ts';
import { screenText } from './screen-text.ts';
import type { Line } from './span.ts';

interface SearchLine {
  readonly text: string;
  readonly isTyping: boolean;
  /** How many there are. */
  readonly matches: number;
  /** Which of them the cursor is on; -1: none of them. */
  readonly at: number;
}

/** Of a longer text the end is shown: what was found has to be told on the smallest screen. */
const TEXT_CELLS = 24;

/** What is searched, and what was found. */
export function searchLine({ text, isTyping, matches, at }: SearchLine): Line {
  const place = at < 0 ? countText(matches, 'match', 'matches') : `${at + 1} of ${matches}`;
  const count = matches === 0 ? 'no match' : place;
  return [
    { text: '/', tone: 'accent' },
    { text: cutStart(screenText(text), TEXT_CELLS) + (isTyping ? '_' : '') },
    { text: text === '' ? '' : `   ${count}`, tone: 'faint' },
    { text: isTyping ? '' : '   n next, N previous, Esc clear', tone: 'faint' },
  ];
}
