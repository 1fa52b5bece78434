import type { ScreenStates } from './app-state.ts';
import { filesScreen } from './files/files.ts';
import type { Screen } from './screen.ts';
import type { ScreenId } from './screen-id.ts';

/** The screens by their name; screen-views.tsx has what paints them. */
export const SCREENS: { readonly [K in ScreenId]: Screen<ScreenStates[K]> } = {
  files: filesScreen,
};
