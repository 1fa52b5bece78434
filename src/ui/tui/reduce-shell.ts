import { EXIT_INTERRUPTED, isToolError } from '../../errors.ts';
import type { InputEvent, NewsEvent } from './app-event.ts';
import type { AppState } from './app-state.ts';
import type { Effect } from './effect.ts';
import { TABS } from './modes.ts';
import { closeOverlay } from './reduce-overlay.ts';
import { type Step, step } from './step.ts';
import { writtenLines } from './written-lines.ts';

/** The keys that mean the same on every screen that does not want them for itself. */
export function typeIntoShell(state: AppState, event: InputEvent): Step<AppState> {
  if (event.kind === 'paste') return step(state);
  const { key } = event;
  const tab = TABS[state.mode].find(one => one.key === key);
  if (tab) return step(state, { do: 'go', screen: tab.screen });
  switch (key) {
    case '?':
      return step({ ...state, overlay: { kind: 'help', top: 0 } });
    case 'F':
      return step(state, { do: 'go', screen: 'findings' });
    case 'q':
      return endWith(state, quitCode(state));
    case 'ctrl-c':
      return endWith(state, EXIT_INTERRUPTED);
    case 'escape':
      return step(state, { do: 'back' });
    default:
      return step(state);
  }
}

/** What became of the work that was asked for, in one line. */
export function hearShell(state: AppState, event: NewsEvent): Step<AppState> {
  switch (event.kind) {
    case 'planSaved':
      return step(state, { do: 'say', text: `wrote ${event.path}`, tone: 'good' });
    case 'converted':
      // Whether to stop it is no question any more.
      return step(closeOverlay(state), { do: 'go', screen: 'report' });
    case 'failed':
      return hearFailure(state, event);
    default:
      return step(state);
  }
}

function hearFailure(
  state: AppState,
  { effect, error, what, hint }: Extract<NewsEvent, { kind: 'failed' }>,
): Step<AppState> {
  const isHopeless =
    (effect.do === 'inspect' && state.mode === 'inspect') ||
    (effect.do === 'audit' && state.screens.audit.model === undefined);
  if (isHopeless) {
    return step(state, { do: 'end', outcome: { error } });
  }
  if (effect.do === 'savePlan' && isToolError(error, 'output-exists') && !effect.overwrite) {
    const question = `${what}: replace it?`;
    return step(state, { do: 'confirm', question, yes: { ...effect, overwrite: true } });
  }
  if (SHOWN_ELSEWHERE.has(effect.do)) return step(state);
  if (effect.do === 'convert') return step(closeOverlay(state));
  const text = hint === undefined ? what : `${what}; try: ${hint}`;
  return step(state, { do: 'say', text, tone: 'error' });
}

/** Their screens say it as long as it is so. */
const SHOWN_ELSEWHERE: ReadonlySet<Effect['do']> = new Set(['review', 'inspect', 'listDirectory']);

/** What was written is told when the terminal shows its own screen again. */
function endWith(state: AppState, exitCode: number): Step<AppState> {
  const { written } = state.session;
  const lines = written ? writtenLines(written) : [];
  return step(state, { do: 'end', outcome: { exitCode, lines } });
}

/** As without a screen: an image that cannot be converted is a failure. A wizard that is left has done nothing. */
function quitCode({ mode, session }: AppState): number {
  if (session.written) return session.written.report.exitCode;
  if (mode === 'wizard') return EXIT_INTERRUPTED;
  return session.analysis?.report.exitCode ?? 0;
}
