import type { Key } from '../terminal/terminal-event.ts';
import { type AppEvent, type InputEvent, isInput, type NewsEvent } from './app-event.ts';
import type { AppState } from './app-state.ts';
import type { Effect } from './effect.ts';
import { inCharset } from './parts/charset-scope.ts';
import { hearOverlay, typeIntoOverlay } from './reduce-overlay.ts';
import { hearShell, typeIntoShell } from './reduce-shell.ts';
import type { Request } from './request.ts';
import { SCREEN_IDS } from './screen-id.ts';
import { reduceSession } from './session.ts';
import { answerRequest, isShellRequest } from './shell-requests.ts';
import { type Step, step } from './step.ts';
import { stepScreen } from './step-screen.ts';
import { isTooSmall } from './viewport.ts';

/** The interface after an event, and the work that it asks for. */
export interface AppStep {
  readonly state: AppState;
  readonly effects: readonly Effect[];
}

/** What an event makes of the interface. It touches nothing: work for others comes as data. */
export function reduceApp(state: AppState, event: AppEvent): AppStep {
  return inCharset(state.charset, () =>
    settle(isInput(event) ? reduceInput(state, event) : reduceNews(state, event)),
  );
}

/** Does what the shell can do itself until only work for others is left. */
function settle({ state, requests }: Step<AppState>): AppStep {
  let settled = state;
  const effects: Effect[] = [];
  const open = [...requests];
  for (let request = open.shift(); request; request = open.shift()) {
    if (!isShellRequest(request)) {
      effects.push(request);
      continue;
    }
    const answer = answerRequest(settled, request);
    settled = answer.state;
    open.unshift(...answer.requests);
  }
  return { state: settled, effects };
}

/** What one types is for the topmost part that knows it: the overlay, the screen, the shell. */
function reduceInput({ message: _read, ...state }: AppState, event: InputEvent): Step<AppState> {
  // Nobody decides what cannot be seen.
  if (isTooSmall(state.viewport) && !isKey(event, 'ctrl-c')) return step(state);
  const covered = state.overlay && typeIntoOverlay(state, state.overlay, event);
  return covered ?? stepScreen(state, state.screen, event) ?? typeIntoShell(state, event);
}

function isKey(event: InputEvent, key: Key): boolean {
  return event.kind === 'key' && event.key === key;
}

/** What happens elsewhere everybody hears. */
function reduceNews(before: AppState, event: NewsEvent): Step<AppState> {
  const session = reduceSession(before.session, event);
  const viewport = event.kind === 'resize' ? event.viewport : before.viewport;
  let state: AppState = { ...before, session, viewport };
  const requests: Request[] = [];
  const take = (next: Step<AppState> | undefined) => {
    if (!next) return;
    state = next.state;
    requests.push(...next.requests);
  };
  for (const screen of SCREEN_IDS) take(stepScreen(state, screen, event));
  take(hearOverlay(state, event));
  take(hearShell(state, event));
  return step(state, ...requests);
}
