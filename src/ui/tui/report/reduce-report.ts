import type { Key } from '../../terminal/terminal-event.ts';
import { type AppEvent, isInput } from '../app-event.ts';
import { commandLayout } from '../parts/command-layout.ts';
import { scrolled } from '../parts/scroll-state.ts';
import type { ScreenContext } from '../screen.ts';
import { type Step, step } from '../step.ts';
import { writtenLines } from '../written-lines.ts';
import { initialReport, type ReportState, sectionStarts, sectionsShown } from './report-state.ts';

export function reduceReport(
  state: ReportState,
  event: AppEvent,
  context: ScreenContext,
): Step<ReportState> | undefined {
  if (!isInput(event)) return step(event.kind === 'converted' ? initialReport : state);
  if (event.kind === 'paste') return step(state);
  const { key } = event;
  if (key === 'enter') return step(state, ...endRequests(context));
  if (SHELL_KEYS.has(key)) return undefined;
  const top = topAfter(state.top, key, context);
  return step(top === undefined ? state : { top });
}

/** Nothing is left to be decided: the keys that lead to other steps would lead away from this one for good. */
const SHELL_KEYS: ReadonlySet<Key> = new Set(['?', 'q', 'ctrl-c']);

function endRequests({ session: { written } }: ScreenContext) {
  if (!written) return [];
  const outcome = { exitCode: written.report.exitCode, lines: writtenLines(written) };
  return [{ do: 'end', outcome } as const];
}

function topAfter(top: number, key: Key, context: ScreenContext): number | undefined {
  const sections = sectionsShown(context);
  const { rows } = commandLayout(context.area).inside;
  const count = sections.reduce((sum, { lines }) => sum + lines.length, 0);
  const last = Math.max(0, count - rows);
  const starts = sectionStarts(sections);
  if (key === 'tab') return Math.min(last, starts.find(start => start > top) ?? last);
  if (key === 'shift-tab') return starts.findLast(start => start < top) ?? 0;
  return scrolled(top, key, { count, rows });
}
