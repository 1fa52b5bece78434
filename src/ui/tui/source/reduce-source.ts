import { expandHome } from '../../wizard/expand-home.ts';
import { type AppEvent, type InputEvent, isInput, type NewsEvent } from '../app-event.ts';
import { fitList, listStart, moveList } from '../parts/list-state.ts';
import { editField, fieldWith } from '../parts/text-field.ts';
import type { ScreenContext } from '../screen.ts';
import { type Step, step } from '../step.ts';
import { archiveRequest } from './archive-request.ts';
import { commonStart, parentOf, splitPath } from './source-path.ts';
import {
  matchingEntries,
  type SourceRow,
  type SourceState,
  shownDirectory,
  sourceRows,
  sourceSize,
} from './source-state.ts';

export function reduceSource(
  state: SourceState,
  event: AppEvent,
  context: ScreenContext,
): Step<SourceState> | undefined {
  if (!isInput(event)) return hearSource(state, event, context);
  return state.focus === 'field'
    ? typeIntoField(state, event, context)
    : typeIntoList(state, event, context);
}

function hearSource(
  state: SourceState,
  event: NewsEvent,
  context: ScreenContext,
): Step<SourceState> {
  switch (event.kind) {
    case 'stores':
      return step({ ...state, stores: event.stores });
    case 'listed': {
      // Of a directory that one has left meanwhile.
      if (event.path !== shownDirectory(state, context)) return step(state);
      const listing = { path: event.path, entries: event.entries };
      return step(fitted({ ...state, listing }, context));
    }
    case 'resize':
      return step(fitted(state, context));
    case 'planned': {
      const { problem: _past, ...rest } = state;
      return step(rest);
    }
    case 'failed':
      return hearFailure(state, event, context);
    default:
      return step(state);
  }
}

function hearFailure(
  state: SourceState,
  { effect, what, hint }: Extract<NewsEvent, { kind: 'failed' }>,
  context: ScreenContext,
): Step<SourceState> {
  const problem = hint === undefined ? what : `${what}; try: ${hint}`;
  const told = fitted({ ...state, problem }, context);
  if (effect.do === 'inspect') return step(told, { do: 'go', screen: 'source' });
  const isHere = effect.do === 'listDirectory' && effect.path === shownDirectory(state, context);
  return step(isHere ? told : state);
}

function fitted(state: SourceState, context: ScreenContext): SourceState {
  return { ...state, list: fitList(state.list, sourceSize(state, context)) };
}

function typeIntoList(
  state: SourceState,
  event: InputEvent,
  context: ScreenContext,
): Step<SourceState> | undefined {
  if (event.kind === 'paste') return typeIntoField({ ...state, focus: 'field' }, event, context);
  const list = moveList(state.list, event.key, sourceSize(state, context));
  if (list) return step(moved({ ...state, list }, context));
  const row = sourceRows(state, context)[state.list.cursor];
  switch (event.key) {
    case 'enter':
    case 'right':
    case 'l':
      return row ? openRow(state, row, context) : step(state);
    case 'left':
    case 'h':
    case 'backspace':
      return showDirectory(state, parentOf(shownDirectory(state, context)), context);
    case 'tab':
    case '/':
      return step({ ...state, focus: 'field' });
    case 'f':
      return step({ ...state, showsAll: !state.showsAll, list: listStart });
    default:
      return undefined;
  }
}

/** Why an archive could not be read is said as long as one is at it; of a directory it is all that there is to say. */
function moved(state: SourceState, context: ScreenContext): SourceState {
  if (state.listing?.path !== shownDirectory(state, context)) return state;
  const { problem: _past, ...rest } = state;
  return fitted(rest, context);
}

function openRow(state: SourceState, row: SourceRow, context: ScreenContext): Step<SourceState> {
  const { directory } = splitPath(state.field.text);
  switch (row.kind) {
    case 'offer':
      return openArchive(state, row.offer.path, context);
    case 'up':
      return showDirectory(state, parentOf(shownDirectory(state, context)), context);
    case 'entry': {
      const path = directory + row.entry.name;
      if (row.entry.kind === 'directory') return showDirectory(state, `${path}/`, context);
      return openArchive(state, expandHome(path, context.session.env.HOME), context);
    }
  }
}

function typeIntoField(
  state: SourceState,
  event: InputEvent,
  context: ScreenContext,
): Step<SourceState> | undefined {
  const key = event.kind === 'key' ? event.key : '';
  switch (key) {
    case 'enter':
      return chooseTyped(state, context);
    case 'tab':
      return complete(state, context);
    case 'escape':
    case 'up':
    case 'down':
    case 'shift-tab':
      return step({ ...state, focus: 'list' });
    default: {
      const field = editField(state.field, event);
      return field && listAgain({ ...state, field }, state, context);
    }
  }
}

/** What one has typed: a directory is looked into, everything else read. */
function chooseTyped(state: SourceState, context: ScreenContext): Step<SourceState> {
  const { text } = state.field;
  const { prefix } = splitPath(text);
  const named = matchingEntries(state, context).find(({ name }) => name === prefix);
  if (named?.kind === 'directory') return showDirectory(state, `${text}/`, context);
  if (prefix === '') return step({ ...state, focus: 'list' });
  return openArchive(state, expandHome(text, context.session.env.HOME), context);
}

function complete(state: SourceState, context: ScreenContext): Step<SourceState> {
  const { directory } = splitPath(state.field.text);
  const entries = matchingEntries(state, context);
  const [only, another] = entries;
  const start = commonStart(entries.map(({ name }) => name));
  if (only === undefined) return step(state, { do: 'say', text: 'nothing here begins so' });
  const end = another === undefined && only.kind === 'directory' ? '/' : '';
  const field = fieldWith(directory + start + end);
  return listAgain({ ...state, field }, state, context);
}

function showDirectory(
  state: SourceState,
  directory: string,
  context: ScreenContext,
): Step<SourceState> {
  return listAgain({ ...state, field: fieldWith(directory), focus: 'list' }, state, context);
}

/** The list follows the field: another directory has to be asked for. */
function listAgain(
  state: SourceState,
  before: SourceState,
  context: ScreenContext,
): Step<SourceState> {
  const { problem: _past, ...rest } = state;
  const next = { ...rest, list: listStart };
  const path = shownDirectory(next, context);
  if (path === shownDirectory(before, context) && next.listing?.path === path) return step(next);
  return step(next, { do: 'listDirectory', path });
}

function openArchive(
  state: SourceState,
  path: string,
  { session }: ScreenContext,
): Step<SourceState> {
  const request = archiveRequest(session, path);
  return step(request.do === 'ask' ? { ...state, nameless: path } : state, request);
}
