import type { Key } from '../../terminal/terminal-event.ts';
import { insideFrame } from '../parts/inside-frame.ts';
import { scrolled, scrolledAside } from '../parts/scroll-state.ts';
import type { ScreenContext } from '../screen.ts';
import { type Step, step } from '../step.ts';
import { type Area, isWide } from '../viewport.ts';
import { filesLayout } from './files-layout.ts';
import type { FilesState } from './files-state.ts';
import { viewLines } from './view-lines.ts';

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
  if (isClosing(state, key)) return step(atStart({ ...state, isFull: false, pane: 'list' }));
  if (key === 'enter' || key === 'v') return step(atStart({ ...state, isFull: true }));
  const lines = viewLines(state, context);
  const { columns, rows } = viewInside(state, context);
  const left = scrolledAside(view.left, key, { lines, columns });
  if (left !== undefined) return step({ ...state, view: { ...view, left } });
  const size = { count: lines.length, rows };
  const top = scrolled(view.top, key, size);
  return top === undefined ? undefined : step({ ...state, view: { ...view, top } });
}

/** Where the content is seen. */
function viewInside({ isFull }: FilesState, { area }: ScreenContext): Area {
  const place = isFull ? area : filesLayout(area).preview;
  return insideFrame(place ?? area);
}

function isClosing({ isFull }: FilesState, key: Key): boolean {
  return key === 'escape' || (isFull && (key === 'enter' || key === 'v' || key === 'q'));
}

/** Where there is only one pane, the content takes its place. */
function otherPane(state: FilesState, { area }: ScreenContext): FilesState {
  if (state.isFull || !isWide(area)) return atStart({ ...state, isFull: !state.isFull });
  return { ...state, pane: state.pane === 'list' ? 'preview' : 'list' };
}

/** In full there are other lines than beside the tree. */
export function atStart(state: FilesState): FilesState {
  return state.view ? { ...state, view: { ...state.view, top: 0, left: 0 } } : state;
}
