import { glyphs } from '../parts/charset-scope.ts';
import { screenText } from '../parts/screen-text.ts';
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
  const { text, isTyping } = search;
  const matches = matchesOf(state);
  const at = matches.indexOf(list.cursor);
  const place = at < 0 ? '' : `${at + 1} of `;
  const count = matches.length === 0 ? 'no match' : `${place}${matches.length}`;
  return [
    { text: '/', tone: 'accent' },
    { text: `${screenText(text)}${isTyping ? '_' : ''}` },
    { text: text === '' ? '' : `   ${count}`, tone: 'faint' },
    { text: isTyping ? '' : '   n next, N previous, Esc clear', tone: 'faint' },
  ];
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
