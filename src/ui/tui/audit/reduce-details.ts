import type { Key } from '../../terminal/terminal-event.ts';
import { scrolled, scrolledAside } from '../parts/scroll-state.ts';
import type { ScreenContext } from '../screen.ts';
import { type Step, step } from '../step.ts';
import type { Area } from '../viewport.ts';
import { auditLayout, textArea } from './audit-layout.ts';
import { type AuditState, detailLines } from './audit-state.ts';

/** The keys of the details beside the list, or instead of it; undefined for any other key. */
export function reduceDetails(
  state: AuditState,
  key: Key,
  context: ScreenContext,
): Step<AuditState> | undefined {
  if (key === 'tab' || key === 'shift-tab') return step(otherPane(state, context));
  if (!state.isFull && state.pane === 'list') return undefined;
  if (isClosing(state, key)) return step({ ...state, isFull: false, pane: 'list' });
  if (key === 'enter') return step({ ...state, isFull: true });
  const { columns, rows } = detailsArea(state, context);
  const lines = detailLines(state, columns);
  const left = scrolledAside(state.left, key, { lines, columns });
  if (left !== undefined) return step({ ...state, left });
  const top = scrolled(state.top, key, { count: lines.length, rows });
  return top === undefined ? undefined : step({ ...state, top });
}

/** What the details' frame leaves. */
function detailsArea({ isFull }: AuditState, { area }: ScreenContext): Area {
  return textArea((isFull ? undefined : auditLayout(area).details) ?? area);
}

function isClosing({ isFull }: AuditState, key: Key): boolean {
  return key === 'escape' || (isFull && (key === 'enter' || key === 'q'));
}

/** Where the details have no place of their own they take the list's. */
function otherPane(state: AuditState, { area }: ScreenContext): AuditState {
  if (state.isFull || !auditLayout(area).details) return { ...state, isFull: !state.isFull };
  return { ...state, pane: state.pane === 'list' ? 'details' : 'list' };
}
