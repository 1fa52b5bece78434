import { RULES } from '../../rule-table.ts';
import type { Key } from '../terminal/terminal-event.ts';
import type { AppState } from './app-state.ts';
import { neighbour, TABS, type Tab } from './modes.ts';
import type { ExplainOverlay, Overlay } from './overlay.ts';
import { type Labelled, labelledLines } from './parts/labelled-lines.ts';
import { markdownLines } from './parts/markdown-lines.ts';
import type { Line } from './parts/span.ts';
import type { KeyHelp } from './screen.ts';
import { SCREENS } from './screen-table.ts';
import { isForShell, keysOfScreen } from './step-screen.ts';
import { type Area, screenArea } from './viewport.ts';

/** An overlay that is a text. */
type Page = Extract<Overlay, { top: number }>;

/** What its frame leaves of the screen. */
export function pageSize({ viewport }: AppState): Area {
  const { columns, rows } = screenArea(viewport);
  return { columns: Math.max(1, columns - 4), rows: Math.max(1, rows - 2) };
}

export function pageTitle(state: AppState, page: Page): string {
  if (page.kind === 'help') return `Keys: ${SCREENS[state.screen].title}`;
  const rule = page.rules[page.index];
  const place = page.rules.length > 1 ? `  ${page.index + 1} of ${page.rules.length}, x next` : '';
  return rule === undefined ? '' : `${rule} ${RULES[rule].slug}${place}`;
}

/** All lines, at most as wide as the page where words allow. */
export function pageLines(state: AppState, page: Page): readonly Line[] {
  return page.kind === 'help' ? helpLines(state) : explainLines(page, pageSize(state).columns);
}

function explainLines({ page }: ExplainOverlay, columns: number): readonly Line[] {
  // Its frame has the title already.
  return page === undefined ? [] : markdownLines(page.replace(/^# .*\n+/, ''), columns);
}

function helpLines(state: AppState): readonly Line[] {
  const shell = SHELL_KEYS.filter(({ key }) => isOfUse(state, key));
  const tabs = TABS[state.mode];
  // From a screen without a tab no key leads to another one.
  const isOnWay = tabs.some(tab => tab.screen === state.screen);
  const rows = [
    ...keysOfScreen(state).map(labelled),
    NO_KEY,
    ...(isOnWay ? [labelled({ keys: tabKeys(tabs), does: 'go to a tab' })] : []),
    ...shell.map(labelled),
  ];
  return labelledLines(rows, pageSize(state).columns, 'accent');
}

const NO_KEY: Labelled = ['', ''];

function labelled({ keys, does, help = does }: KeyHelp): Labelled {
  return [keys, help];
}

/** `1-6, F` */
function tabKeys(tabs: readonly Tab[]): string {
  const keys = tabs.map(({ key }) => key);
  const digits = keys.filter(key => /^\d$/.test(key));
  return [`${digits[0]}-${digits.at(-1)}`, ...keys.filter(key => !digits.includes(key))].join(', ');
}

const SHELL_KEYS: readonly (KeyHelp & { readonly key: Key })[] = [
  { key: '?', keys: '?', does: 'this list' },
  { key: 'escape', keys: 'Esc', does: 'back to the tab before' },
  { key: 'ctrl-z', keys: 'Ctrl-Z', does: 'suspend; fg comes back' },
  { key: 'q', keys: 'q', does: 'quit' },
  { key: 'ctrl-c', keys: 'Ctrl-C', does: 'cancel' },
];

/** Nothing is said of a key that a screen has for itself, and nothing of the way back from the first tab. */
function isOfUse(state: AppState, key: Key): boolean {
  if (key === 'escape' && neighbour(state, -1) === undefined) return false;
  // The terminal session takes it before any screen does.
  return key === 'ctrl-z' || isForShell(state, key);
}
