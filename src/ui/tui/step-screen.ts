import type { Key } from '../terminal/terminal-event.ts';
import type { AppEvent } from './app-event.ts';
import type { AppState } from './app-state.ts';
import type { KeyHelp, ScreenContext } from './screen.ts';
import type { ScreenId } from './screen-id.ts';
import { SCREENS } from './screen-table.ts';
import { type Step, step } from './step.ts';
import { screenArea } from './viewport.ts';

/** The interface after an event that one of its screens gets; undefined for a key that means nothing there. */
export function stepScreen(
  state: AppState,
  screen: ScreenId,
  event: AppEvent,
): Step<AppState> | undefined {
  return stepNamed(state, screen, event);
}

function stepNamed<K extends ScreenId>(
  state: AppState,
  screen: K,
  event: AppEvent,
): Step<AppState> | undefined {
  const stepped = SCREENS[screen].reduce(state.screens[screen], event, contextOf(state));
  return (
    stepped &&
    step({ ...state, screens: { ...state.screens, [screen]: stepped.state } }, ...stepped.requests)
  );
}

/** What every screen is told besides its own state. */
export function contextOf({ session, viewport, mode }: AppState): ScreenContext {
  return { session, area: screenArea(viewport), isWizard: mode === 'wizard' };
}

/** The screen that one looks at takes letters as text. */
export function isTyping(state: AppState): boolean {
  return isTypingNamed(state, state.screen);
}

function isTypingNamed<K extends ScreenId>({ screens }: AppState, screen: K): boolean {
  return SCREENS[screen].isTyping?.(screens[screen]) ?? false;
}

/** The screen that one looks at has no use of its own for a key, so it means what it means everywhere. */
export function isForShell(state: AppState, key: Key): boolean {
  return stepScreen(state, state.screen, { kind: 'key', key }) === undefined;
}

/** What the keys of the screen do that one looks at. */
export function keysOfScreen(state: AppState): readonly KeyHelp[] {
  return keysNamed(state, state.screen);
}

function keysNamed<K extends ScreenId>(state: AppState, screen: K): readonly KeyHelp[] {
  return SCREENS[screen].keys(state.screens[screen], contextOf(state));
}
