import type { Key } from '../../terminal/terminal-event.ts';
import { scrolled, scrolledAside } from '../parts/scroll-state.ts';
import type { ScreenContext } from '../screen.ts';
import { type Step, step } from '../step.ts';
import { askToApply } from './apply-chosen.ts';
import { textArea } from './audit-layout.ts';
import type { AuditState } from './audit-state.ts';
import { patchLines } from './patch-lines.ts';

const CLOSING: ReadonlySet<Key> = new Set(['escape', 'enter', 'q', 'd']);

/** The keys of the whole patch; undefined when it is not shown. */
export function reducePatch(
  state: AuditState,
  key: Key,
  { area }: ScreenContext,
): Step<AuditState> | undefined {
  const { patch, ...rest } = state;
  if (!patch) return undefined;
  if (CLOSING.has(key)) return step(rest);
  if (key === 'w') return askToApply(state);
  const { columns, rows } = textArea(area);
  const lines = patchLines(patch.preview, columns);
  const left = scrolledAside(patch.left, key, { lines, columns });
  if (left !== undefined) return step({ ...state, patch: { ...patch, left } });
  const top = scrolled(patch.top, key, { count: lines.length, rows });
  return top === undefined ? undefined : step({ ...state, patch: { ...patch, top } });
}
