import type { Key } from '../terminal/terminal-event.ts';
import type { InputEvent, NewsEvent } from './app-event.ts';
import type { AppState } from './app-state.ts';
import type { AskOverlay, ExplainOverlay, Overlay } from './overlay.ts';
import { pageLines, pageSize } from './overlay-page.ts';
import { scrolled } from './parts/scroll-state.ts';
import { editField } from './parts/text-field.ts';
import type { AskedFor, Request } from './request.ts';
import { archiveRequest } from './source/archive-request.ts';
import { type Step, step } from './step.ts';

/** What one types while something covers the screen; undefined for what is not for the cover. */
export function typeIntoOverlay(
  state: AppState,
  overlay: Overlay,
  event: InputEvent,
): Step<AppState> | undefined {
  const key = event.kind === 'key' ? event.key : '';
  if (key === 'ctrl-c') return insist(state, overlay);
  if (key === 'escape') return step(closeOverlay(state));
  switch (overlay.kind) {
    case 'confirm':
      return answerQuestion(state, overlay.yes, key);
    case 'ask':
      return typeAnswer(state, overlay, event);
    case 'explain':
      return nextRule(state, overlay, key) ?? scrollPage(state, overlay, key);
    case 'help':
      return scrollPage(state, overlay, key);
  }
}

/** Who presses Ctrl-C while being asked whether to stop means it. */
function insist(state: AppState, overlay: Overlay): Step<AppState> | undefined {
  const isStopping = overlay.kind === 'confirm' && overlay.yes.do === 'cancel';
  return isStopping ? step(closeOverlay(state), overlay.yes) : undefined;
}

/** Pages that were asked for arrive. */
export function hearOverlay(state: AppState, event: NewsEvent): Step<AppState> {
  const { overlay } = state;
  if (event.kind !== 'rulePage' || overlay?.kind !== 'explain') return step(state);
  if (overlay.rules[overlay.index] !== event.rule) return step(state);
  return step({ ...state, overlay: { ...overlay, page: event.page } });
}

export function closeOverlay({ overlay: _closed, ...state }: AppState): AppState {
  return state;
}

function answerQuestion(state: AppState, yes: Request, key: Key): Step<AppState> {
  if (key === 'y' || key === 'Y') return step(closeOverlay(state), yes);
  return step(key === 'n' || key === 'N' ? closeOverlay(state) : state);
}

function typeAnswer(state: AppState, overlay: AskOverlay, event: InputEvent): Step<AppState> {
  if (event.kind === 'key' && event.key === 'enter') {
    const { text } = overlay.field;
    if (text === '') return step(state);
    return step(closeOverlay(state), REQUESTS[overlay.answers](text, state));
  }
  const field = editField(overlay.field, event);
  return step(field === undefined ? state : { ...state, overlay: { ...overlay, field } });
}

const REQUESTS: Readonly<Record<AskedFor, (text: string, state: AppState) => Request>> = {
  savePlan: (path, { session: { choices } }) => ({
    do: 'savePlan',
    path,
    choices,
    overwrite: false,
  }),
  nameArchive: (name, { session, screens: { source } }) =>
    archiveRequest(session, source.nameless ?? '', name),
};

/** The rules of one entry are shown one after the other. */
function nextRule(state: AppState, overlay: ExplainOverlay, key: Key): Step<AppState> | undefined {
  if (key !== 'x' || overlay.rules.length < 2) return undefined;
  const index = (overlay.index + 1) % overlay.rules.length;
  const rule = overlay.rules[index];
  const { page: _old, ...rest } = overlay;
  const next = { ...state, overlay: { ...rest, index, top: 0 } };
  return rule === undefined ? step(state) : step(next, { do: 'readRule', rule });
}

function scrollPage(
  state: AppState,
  overlay: Extract<Overlay, { top: number }>,
  key: Key,
): Step<AppState> {
  if (CLOSING.has(key)) return step(closeOverlay(state));
  const size = { count: pageLines(state, overlay).length, rows: pageSize(state).rows };
  const top = scrolled(overlay.top, key, size);
  return step(top === undefined ? state : { ...state, overlay: { ...overlay, top } });
}

const CLOSING: ReadonlySet<Key> = new Set(['q', 'x', '?', 'enter']);
