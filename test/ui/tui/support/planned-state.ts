import { NO_ANSWERS } from '../../../../src/command-line/answers.ts';
import type { InspectReport } from '../../../../src/convert/inspect-report.ts';
import type { AppEvent } from '../../../../src/ui/tui/app-event.ts';
import type { AppState } from '../../../../src/ui/tui/app-state.ts';
import type { Effect } from '../../../../src/ui/tui/effect.ts';
import { reduceApp } from '../../../../src/ui/tui/reduce-app.ts';
import { startApp } from '../../../../src/ui/tui/start-app.ts';
import { inspectInProcess } from '../../../support/inspect-in-process.ts';
import { facts, type TestTerminal } from './test-terminal.ts';

/** What `--inspect` makes of an archive. */
export async function inspectedReport(
  archive: Uint8Array,
  name = 'test:1',
): Promise<InspectReport> {
  const args = ['--format', 'json'];
  const { stdout, stderr } = await inspectInProcess(archive, `${name}.torcx.tgz`, args);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

/** The analyser with a plan: what one sees when the archive was read. */
export function plannedState(report: InspectReport, terminal: TestTerminal): AppState {
  const { state } = startApp({ mode: 'inspect', choices: NO_ANSWERS }, facts(terminal));
  return reduceApp(state, { kind: 'planned', report, choices: NO_ANSWERS }).state;
}

/** The interface after some events, and all work that they asked for. */
export function afterEvents(
  start: AppState,
  events: readonly AppEvent[],
): { readonly state: AppState; readonly effects: readonly Effect[] } {
  let state = start;
  const effects: Effect[] = [];
  for (const event of events) {
    const next = reduceApp(state, event);
    state = next.state;
    effects.push(...next.effects);
  }
  return { state, effects };
}

export function keys(...pressed: readonly string[]): AppEvent[] {
  return pressed.map(key => ({ kind: 'key', key }));
}
