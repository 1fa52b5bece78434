import { screenText } from '../parts/screen-text.ts';
import type { Line } from '../parts/span.ts';
import type { FilesState } from './files-state.ts';

/** What is searched, or what the letters in the tree mean. */
export function statusLine({ search, list, rows }: FilesState): Line {
  if (!search) return LEGEND;
  const { text, isTyping, matches } = search;
  const at = matches.indexOf(rows[list.cursor]?.path ?? '');
  const count =
    matches.length === 0 ? 'no match' : `${at < 0 ? '' : `${at + 1} of `}${matches.length}`;
  return [
    { text: '/', tone: 'accent' },
    { text: screenText(text) },
    { text: isTyping ? '_' : '' },
    { text: `   ${text === '' ? '' : count}`, tone: 'faint' },
    { text: isTyping ? '' : '   n next, N previous, Esc clear', tone: 'faint' },
  ];
}

const LEGEND: Line = [
  {
    text: 'D dynamic  S static  R rewritten  U started  X left out  EWI findings  -+ yours',
    tone: 'faint',
  },
];
