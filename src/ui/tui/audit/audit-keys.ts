import type { KeyHelp, ScreenContext } from '../screen.ts';
import type { Area } from '../viewport.ts';
import { auditLayout } from './audit-layout.ts';
import { isFiltered } from './audit-rows.ts';
import type { AuditState } from './audit-state.ts';

/** What the keys do where one is: in a search, the patch, the details, or the list. */
export function auditKeys(state: AuditState, { area }: ScreenContext): readonly KeyHelp[] {
  // Until there is something to leave, all keys are the shell's.
  if (!state.model) return [];
  if (state.search?.isTyping) return SEARCH_KEYS;
  if (state.patch) return PATCH_KEYS;
  if (state.isFull) return FULL_KEYS;
  if (state.pane === 'details') return DETAILS_KEYS;
  const keys = listKeys(area);
  if (state.rows.length > 0) return keys;
  const useful = isFiltered(state) ? WITHOUT_ROWS : WITHOUT_FINDINGS;
  return keys.filter(key => useful.has(key.keys));
}

/** What still means something when the filter lets nothing through, and when nothing was found. */
const WITHOUT_ROWS: ReadonlySet<string> = new Set('q d w f o R Esc Ctrl-C'.split(' '));
const WITHOUT_FINDINGS: ReadonlySet<string> = new Set(['q', 'R', 'Ctrl-C']);

const SEARCH_KEYS: readonly KeyHelp[] = [
  { keys: 'Enter', does: 'keep the match' },
  { keys: 'Esc', does: 'back to where you were' },
];

const QUIT: KeyHelp = { keys: 'q', does: 'quit' };
const CANCEL: KeyHelp = { keys: 'Ctrl-C', does: 'cancel', isRare: true };
const CLOSE_KEYS: readonly KeyHelp[] = [
  { keys: 'Esc', does: 'close' },
  { keys: 'q', does: 'close', isRare: true },
];

const PATCH_KEYS: readonly KeyHelp[] = [
  { keys: 'j/k', does: 'scroll' },
  { keys: 'h/l', does: 'left, right' },
  { keys: 'PgUp/PgDn', does: 'a page', isRare: true },
  { keys: 'w', does: 'make these changes' },
  ...CLOSE_KEYS,
  CANCEL,
];

const SCROLL_KEYS: readonly KeyHelp[] = [
  { keys: 'j/k', does: 'scroll' },
  { keys: 'h/l', does: 'left, right', isRare: true },
  { keys: 'PgUp/PgDn', does: 'a page', isRare: true },
  { keys: 'Space', does: 'choose' },
  { keys: 'x', does: 'explain' },
];

const FULL_KEYS: readonly KeyHelp[] = [...SCROLL_KEYS, ...CLOSE_KEYS, CANCEL];

const DETAILS_KEYS: readonly KeyHelp[] = [
  QUIT,
  ...SCROLL_KEYS,
  { keys: 'Enter', does: 'full screen' },
  { keys: 'Tab', does: 'list' },
  { keys: 'Esc', does: 'list', isRare: true },
  CANCEL,
];

function listKeys(area: Area): readonly KeyHelp[] {
  const hasDetails = auditLayout(area).details !== undefined;
  return [
    QUIT,
    { keys: 'j/k', does: 'move', isRare: true },
    { keys: 'h/l', does: 'fold a file, open it', isRare: true },
    { keys: 'PgUp/PgDn', does: 'a page', isRare: true },
    { keys: 'g/G', does: 'first, last', isRare: true },
    { keys: 'Space', does: 'choose', help: 'take the fix, or leave it; of a file all safe ones' },
    { keys: 'Enter', does: 'details', help: 'the finding in full', isRare: hasDetails },
    { keys: 'd', does: 'diff', help: 'what all chosen fixes change' },
    { keys: 'w', does: 'fix', help: 'make the chosen fixes, after a question' },
    { keys: 'x', does: 'explain', help: 'explain the rule' },
    { keys: 'f', does: 'severity', help: 'list all, errors, warnings, information' },
    { keys: '/', does: 'search', help: 'search rules, words and paths' },
    { keys: 'n/N', does: 'next, previous match', isRare: true },
    { keys: 'r', does: 'only this rule', help: 'list only this rule, or all again' },
    { keys: 'o', does: 'only fixable', help: 'list only what a program can fix, or all again' },
    { keys: 'a', does: 'choose all safe fixes, or none', isRare: true },
    ...(hasDetails
      ? [{ keys: 'Tab', does: 'scroll the finding beside the list', isRare: true }]
      : []),
    { keys: 'R', does: 'read the files again', isRare: true },
    { keys: 'Esc', does: 'clear the search, then the filter', isRare: true },
    CANCEL,
  ];
}
