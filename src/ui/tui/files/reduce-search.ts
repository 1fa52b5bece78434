import type { InputEvent } from '../app-event.ts';
import { editText } from '../parts/edit-text.ts';
import type { ScreenContext } from '../screen.ts';
import { type Step, step } from '../step.ts';
import { matchesOf, nextMatch, type Search } from './files-search.ts';
import { type FilesState, nodeAtCursor, reveal, select } from './files-state.ts';
import { treeRows } from './tree-rows.ts';

/** The keys of the search in the tree; undefined for any other key. */
export function reduceSearch(
  state: FilesState,
  event: InputEvent,
  context: ScreenContext,
): Step<FilesState> | undefined {
  const { search } = state;
  if (search?.isTyping) return typeSearch(state, search, { event, context });
  if (state.isFull || event.kind === 'paste') return undefined;
  switch (event.key) {
    case '/':
      return step({ ...state, pane: 'list', search: newSearch(state) });
    case 'n':
      return search && goToMatch(state, search, { direction: 1, context });
    case 'N':
      return search && goToMatch(state, search, { direction: -1, context });
    case 'escape': {
      const { search: _closed, ...rest } = state;
      return search && step(rest);
    }
    default:
      return undefined;
  }
}

function newSearch(state: FilesState): Search {
  return { text: '', isTyping: true, origin: nodeAtCursor(state)?.path, matches: [] };
}

interface Typed {
  readonly event: InputEvent;
  readonly context: ScreenContext;
}

function typeSearch(
  state: FilesState,
  search: Search,
  { event, context }: Typed,
): Step<FilesState> | undefined {
  const { search: _closed, ...rest } = state;
  const key = event.kind === 'key' ? event.key : '';
  if (key === 'escape') return select(rest, search.origin, context);
  if (key === 'enter') {
    return step(search.text === '' ? rest : { ...state, search: { ...search, isTyping: false } });
  }
  const text = editText(search.text, event);
  if (text !== undefined) return searchFor(state, { ...search, text }, context);
  // Ctrl-C leaves the program here too; arrows mean nothing in a search.
  return key.startsWith('ctrl-') ? undefined : step(state);
}

/** While one types, the first match from where the search began is shown. */
function searchFor(state: FilesState, search: Search, context: ScreenContext): Step<FilesState> {
  const rows = openRows(state, context);
  const matches = matchesOf(rows, search.text);
  const found = { ...search, matches };
  const isAtOrigin = search.origin !== undefined && matches.includes(search.origin);
  const path = isAtOrigin
    ? search.origin
    : nextMatch(rows, found, { from: search.origin, direction: 1 });
  const next = { ...state, search: found };
  return path === undefined ? select(next, search.origin, context) : reveal(next, path, context);
}

function goToMatch(
  state: FilesState,
  search: Search,
  { direction, context }: { readonly direction: 1 | -1; readonly context: ScreenContext },
): Step<FilesState> {
  const rows = openRows(state, context);
  const matches = matchesOf(rows, search.text);
  const found = { ...search, matches };
  const path = nextMatch(rows, found, { from: nodeAtCursor(state)?.path, direction });
  const next = { ...state, search: found };
  return path === undefined ? step(next) : reveal(next, path, context);
}

/** With another filter there are other matches. */
export function searchAgain(state: FilesState, context: ScreenContext): FilesState {
  const { search } = state;
  if (!search) return state;
  const matches = matchesOf(openRows(state, context), search.text);
  return { ...state, search: { ...search, matches } };
}

/** Every row that the filter lets through, as if all directories were open. */
function openRows(state: FilesState, { session: { analysis } }: ScreenContext) {
  return analysis ? treeRows(analysis.roots, { ...state, folded: new Set() }) : [];
}
