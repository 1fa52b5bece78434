import { sizeText } from '../size-text.ts';
import type { AppState } from './app-state.ts';
import { isOpening } from './is-opening.ts';
import { TABS, type Tab } from './modes.ts';
import type { Overlay } from './overlay.ts';
import { glyphs } from './parts/charset-scope.ts';
import { cellWidth, cutMiddle } from './parts/fit-text.ts';
import { screenText } from './parts/screen-text.ts';
import { type Line, lineWidth, type Span } from './parts/span.ts';
import type { KeyHelp } from './screen.ts';
import type { ScreenId } from './screen-id.ts';
import { SCREENS } from './screen-table.ts';
import { isForShell, isTyping, keysOfScreen } from './step-screen.ts';

/** The program, and what it looks at. */
export function headerLine(state: AppState, columns: number): Line {
  const name: Span = { text: 'torcx2sysext  ', tone: 'strong' };
  const [title] = headingOf(state, state.screen) ?? [archiveTitle(state)];
  const line = [name, ...title];
  // What it becomes says more than its size.
  return lineWidth(line) <= columns ? line : line.filter(({ tone }) => tone !== 'faint');
}

/** Generic, so that the compiler knows a screen's heading to be about that screen's state. */
function headingOf<K extends ScreenId>({ screens }: AppState, screen: K) {
  return SCREENS[screen].heading?.(screens[screen]);
}

/** The archive, and what it becomes. */
function archiveTitle({ session: { analysis, choices } }: AppState): Line {
  if (!analysis)
    return [{ text: screenText(choices.archive) || 'nothing is written before you say so' }];
  const { input, extension } = analysis.report;
  const end = choices.imageFormat === 'directory' ? '/' : '.raw';
  const outcome = extension ? extension.name + end : 'no extension';
  return [
    { text: screenText(input.path) },
    { text: ` (${sizeText(input.size)} ${input.format})`, tone: 'faint' },
    { text: ` ${glyphs().becomes} ${outcome}` },
  ];
}

/** The screens that one can go to, in as many words as have room. */
export function tabsLine(state: AppState, columns: number): Line {
  const [, counts] = headingOf(state, state.screen) ?? [];
  if (counts) return counts;
  const lines = [fullLabel, plainLabel, shortLabel].map(labelOf => tabSpans(state, labelOf));
  return lines.find(line => lineWidth(line) <= columns) ?? lines.at(-1) ?? [];
}

type TabLabel = (tab: Tab, state: AppState) => string;

function tabSpans(state: AppState, labelOf: TabLabel): Line {
  const tabs = TABS[state.mode];
  // From a screen without a tab no key leads to another one.
  if (!tabs.some(({ screen }) => screen === state.screen)) {
    return [{ text: `[${SCREENS[state.screen].title}]`, tone: 'accent' }];
  }
  return tabs.flatMap((tab): Span[] => {
    const label = labelOf(tab, state);
    return tab.screen === state.screen
      ? [{ text: `[${label}]`, tone: 'accent' }, { text: ' ' }]
      : [{ text: ` ${label} ` }, { text: ' ' }];
  });
}

function fullLabel(tab: Tab, state: AppState): string {
  const count = SCREENS[tab.screen].badge?.(state.session) ?? '';
  return plainLabel(tab) + (count === '' ? '' : ` (${count})`);
}

function plainLabel({ screen, key }: Tab): string {
  return `${key} ${SCREENS[screen].title}`;
}

function shortLabel(tab: Tab, { screen }: AppState): string {
  return tab.screen === screen ? plainLabel(tab) : tab.key;
}

/** Empty as long as there is nothing to say. */
export function messageLine({ message }: AppState, columns: number): Line {
  // A path stands in the middle: what was done with it, and why not, before and behind it.
  return message
    ? [{ text: cutMiddle(screenText(message.text), columns), tone: message.tone }]
    : [];
}

/** The keys that mean something now, as many as have room. */
export function keyLine(state: AppState, columns: number): Line {
  const keys = keysNow(state);
  const spans: Span[] = [];
  let room = columns;
  for (const { keys: names, does } of keys) {
    const size = cellWidth(names) + cellWidth(does) + 3;
    if (size > room) break;
    room -= size;
    spans.push({ text: names, tone: 'accent' }, { text: ` ${does}  ` });
  }
  return spans;
}

function keysNow(state: AppState): readonly KeyHelp[] {
  if (state.overlay) return overlayKeys(state.overlay);
  return state.session.work || isOpening(state) ? WORK_KEYS : screenKeys(state);
}

const WORK_KEYS: readonly KeyHelp[] = [{ keys: 'Ctrl-C', does: 'cancel' }];

const ALWAYS: readonly KeyHelp[] = [
  { keys: '?', does: 'keys' },
  { keys: 'q', does: 'quit' },
];

function screenKeys(state: AppState): readonly KeyHelp[] {
  const own = keysOfScreen(state).filter(({ isRare }) => !isRare);
  return isTyping(state) ? own : [...ALWAYS.filter(({ keys }) => isForShell(state, keys)), ...own];
}

const PAGE_KEYS: readonly KeyHelp[] = [
  { keys: 'j/k', does: 'scroll' },
  { keys: 'Esc', does: 'close' },
];

function overlayKeys(overlay: Overlay): readonly KeyHelp[] {
  if (overlay.kind === 'help') return PAGE_KEYS;
  if (overlay.kind !== 'explain') return QUESTION_KEYS[overlay.kind];
  return overlay.rules.length > 1 ? [{ keys: 'x', does: 'next rule' }, ...PAGE_KEYS] : PAGE_KEYS;
}

const QUESTION_KEYS: Readonly<Record<'confirm' | 'ask', readonly KeyHelp[]>> = {
  confirm: [
    { keys: 'y', does: 'yes' },
    { keys: 'n', does: 'no' },
  ],
  ask: [
    { keys: 'Enter', does: 'go on' },
    { keys: 'Ctrl-U', does: 'clear' },
    { keys: 'Esc', does: 'cancel' },
  ],
};
