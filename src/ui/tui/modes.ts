import type { ScreenId } from './screen-id.ts';

/** What the interface was opened for. */
export type Mode = 'wizard' | 'inspect' | 'audit';

/** A screen that has a place in the line at the top, and the key that leads to it. */
export interface Tab {
  readonly screen: ScreenId;
  readonly key: string;
}

/** In the order in which one goes through them. */
export const TABS: Readonly<Record<Mode, readonly Tab[]>> = {
  wizard: [
    { screen: 'source', key: '1' },
    { screen: 'files', key: '2' },
    { screen: 'binaries', key: '3' },
    { screen: 'units', key: '4' },
    { screen: 'findings', key: 'F' },
    { screen: 'options', key: '5' },
    { screen: 'review', key: '6' },
  ],
  inspect: [
    { screen: 'files', key: '1' },
    { screen: 'binaries', key: '2' },
    { screen: 'units', key: '3' },
    { screen: 'findings', key: '4' },
  ],
  audit: [],
};

/** The screen after this one, or before it, on the way through; undefined at the ends. */
export function neighbour(
  { mode, screen }: { readonly mode: Mode; readonly screen: ScreenId },
  steps: 1 | -1,
): ScreenId | undefined {
  const tabs = TABS[mode];
  const index = tabs.findIndex(tab => tab.screen === screen);
  return index < 0 ? undefined : tabs[index + steps]?.screen;
}
