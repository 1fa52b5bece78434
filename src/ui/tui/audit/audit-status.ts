import { glyphs } from '../parts/charset-scope.ts';
import { searchLine } from '../parts/search-line.ts';
import { type Line, lineOf } from '../parts/span.ts';
import type { AuditState } from './audit-state.ts';
import { matchesOf } from './search-audit.ts';

const WORK = {
  audit: 'reading the files',
  plan: 'trying the fixes',
  apply: 'writing the files',
} as const;

/** What is under way, what is searched, or what the marks mean. */
export function statusLine(state: AuditState): Line {
  const { search, list, work } = state;
  if (work) return lineOf(workText(state, work), 'accent');
  if (!search) return LEGEND;
  const matches = matchesOf(state);
  return searchLine({ ...search, matches: matches.length, at: matches.indexOf(list.cursor) });
}

function workText({ leaving, progress }: AuditState, work: keyof typeof WORK): string {
  const text = `${WORK[work]}${progressText(progress)} ${glyphs().goesOn}`;
  if (leaving === undefined) return text;
  return leaving === 'quit'
    ? `${text} then leaving`
    : `${text} finishing the last one, then leaving`;
}

function progressText(progress: AuditState['progress']): string {
  if (!progress) return '';
  const { done, files } = progress;
  return files === undefined ? `: ${done}` : `: ${done} of ${files}`;
}

const LEGEND = lineOf('[x] is to be fixed   unsafe: look first   manual: by hand', 'faint');
