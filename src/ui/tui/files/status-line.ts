import { searchLine } from '../parts/search-line.ts';
import type { Line } from '../parts/span.ts';
import type { FilesState } from './files-state.ts';

/** What is searched, or what the letters in the tree mean. */
export function statusLine({ search, list, rows }: FilesState): Line {
  if (!search) return LEGEND;
  const { matches } = search;
  const at = matches.indexOf(rows[list.cursor]?.path ?? '');
  return searchLine({ ...search, matches: matches.length, at });
}

const LEGEND: Line = [
  {
    text: 'D dynamic  S static  R rewritten  U started  X left out  EWI findings  -+ yours',
    tone: 'faint',
  },
];
