import type { AppState } from './app-state.ts';
import type { Choices } from './choices.ts';
import type { AppStep } from './reduce-app.ts';
import { initialScreens } from './screen-table.ts';
import type { Viewport } from './viewport.ts';

/** What the interface is opened with. */
export interface AppStart {
  readonly mode: 'inspect';
  /** What flags have decided already. */
  readonly choices: Choices;
}

/** The first state, and the work that leads to the second. */
export function startApp({ mode, choices }: AppStart, viewport: Viewport): AppStep {
  const state: AppState = {
    mode,
    viewport,
    screen: 'files',
    screens: initialScreens,
    session: { choices },
  };
  return { state, effects: [{ do: 'inspect', choices }] };
}
