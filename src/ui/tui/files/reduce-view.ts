import type { Key } from '../../terminal/terminal-event.ts';
import { insideFrame } from '../parts/inside-frame.ts';
import { scrolled } from '../parts/scroll-state.ts';
import type { ScreenContext } from '../screen.ts';
import { type Step, step } from '../step.ts';
import { isWide } from '../viewport.ts';
import { filesLayout } from './files-layout.ts';
import type { FilesState } from './files-state.ts';

/** How far the arrow keys move a content that is wider than its window, in columns. */
const COLUMNS_AT_ONCE = 8;

/** The keys of the content beside the tree, or instead of it; undefined for any other key. */
export function reduceView(
  state: FilesState,
  key: Key,
  context: ScreenContext,
): Step<FilesState> | undefined {
  if (key === 'tab' || key === 'shift-tab') return step(otherPane(state, context));
  const isLooking = state.isFull || state.pane === 'preview';
  if (!isLooking || !state.view) return undefined;
  const { view } = state;
  if (isClosing(state, key)) return step({ ...state, isFull: false, pane: 'list' });
  if (key === 'enter' || key === 'v') return step({ ...state, isFull: true });
  if (key === 'right' || key === 'l') {
    return step({ ...state, view: { ...view, left: view.left + COLUMNS_AT_ONCE } });
  }
  if (key === 'left' || key === 'h') {
    return step({ ...state, view: { ...view, left: Math.max(0, view.left - COLUMNS_AT_ONCE) } });
  }
  const size = { count: view.lines.length, rows: viewRows(state, context) };
  const top = scrolled(view.top, key, size);
  return top === undefined ? undefined : step({ ...state, view: { ...view, top } });
}

/** How many lines of the content are seen. */
function viewRows({ isFull }: FilesState, { area }: ScreenContext): number {
  const place = isFull ? area : filesLayout(area).preview;
  return insideFrame(place ?? area).rows;
}

function isClosing({ isFull }: FilesState, key: Key): boolean {
  return key === 'escape' || (isFull && (key === 'enter' || key === 'v' || key === 'q'));
}

/** Where there is only one pane, the content takes its place. */
function otherPane(state: FilesState, { area }: ScreenContext): FilesState {
  if (state.isFull || !isWide(area)) return { ...state, isFull: !state.isFull };
  return { ...state, pane: state.pane === 'list' ? 'preview' : 'list' };
}
