import type { InputEvent } from '../app-event.ts';
import { editText } from '../parts/edit-text.ts';
import { moveTo } from '../parts/list-state.ts';
import type { ScreenContext } from '../screen.ts';
import { type Step, step } from '../step.ts';
import { type AuditRow, rowPath } from './audit-rows.ts';
import { type AuditSearch, type AuditState, listed, listSize, moveCursor } from './audit-state.ts';

/** The keys of the search in the list; undefined for any other key. */
export function searchAudit(
  state: AuditState,
  event: InputEvent,
  context: ScreenContext,
): Step<AuditState> | undefined {
  const { search, ...rest } = state;
  if (search?.isTyping) return typeSearch(state, search, { event, context });
  if (state.isFull || state.patch || event.kind === 'paste') return undefined;
  switch (event.key) {
    case '/': {
      const origin = state.list.cursor;
      // A folded file would hide what is searched.
      const open = listed({ ...state, pane: 'list' }, { ...state, folded: new Set() }, context);
      return step({ ...open, search: { text: '', isTyping: true, origin } });
    }
    case 'n':
      return search && step(goToMatch(state, 1, context));
    case 'N':
      return search && step(goToMatch(state, -1, context));
    case 'escape':
      return search && step(rest);
    default:
      return undefined;
  }
}

/** Rows that say what is searched, by their index. */
export function matchesOf({ rows, search }: AuditState): number[] {
  const wanted = search?.text.toLowerCase() ?? '';
  if (wanted === '') return [];
  return rows.flatMap((row, index) => (textOf(row).toLowerCase().includes(wanted) ? [index] : []));
}

function textOf(row: AuditRow): string {
  if (row.kind !== 'finding') return rowPath(row);
  const { ruleId, slug, severity, snippet = '', message } = row.finding;
  return [ruleId, slug, severity, snippet, message].join('\n');
}

function typeSearch(
  state: AuditState,
  search: AuditSearch,
  { event, context }: { readonly event: InputEvent; readonly context: ScreenContext },
): Step<AuditState> | undefined {
  const { search: _closed, ...rest } = state;
  const key = event.kind === 'key' ? event.key : '';
  if (key === 'escape') return step(goTo(rest, search.origin, context));
  if (key === 'enter') {
    return step(search.text === '' ? rest : { ...state, search: { ...search, isTyping: false } });
  }
  const text = editText(search.text, event);
  if (text === undefined) return step(state);
  // While one types, the first match from where the search began is shown.
  const next = { ...state, search: { ...search, text } };
  const matches = matchesOf(next);
  const match = matches.find(index => index >= search.origin) ?? matches[0] ?? search.origin;
  return step(goTo(next, match, context));
}

/** Round the end of the list. */
function goToMatch(state: AuditState, direction: 1 | -1, context: ScreenContext): AuditState {
  const matches = matchesOf(state);
  const { cursor } = state.list;
  const next =
    direction === 1
      ? (matches.find(index => index > cursor) ?? matches[0])
      : (matches.findLast(index => index < cursor) ?? matches.at(-1));
  return next === undefined ? state : goTo(state, next, context);
}

function goTo(state: AuditState, cursor: number, context: ScreenContext): AuditState {
  return moveCursor(state, moveTo(state.list, cursor, listSize(state, context)));
}
