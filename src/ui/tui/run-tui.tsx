import { renderToString } from 'ink';
import type { Answers } from '../../command-line/answers.ts';
import type { TerminalSession } from '../terminal/terminal-session.ts';
import { App } from './app.tsx';
import type { AppEvent } from './app-event.ts';
import type { AppState } from './app-state.ts';
import { EffectRunner } from './effect-runner.ts';
import { inCharset } from './parts/charset-scope.ts';
import { type AppStep, reduceApp } from './reduce-app.ts';
import { type AppStart, runnersOf, startApp } from './start-app.ts';
import type { TuiEnd } from './tui-outcome.ts';

interface TuiOptions {
  readonly start: AppStart;
  /** Is told of what is decided, so that it can be repeated however the run ends. */
  readonly onChoices?: (choices: Answers) => void;
  readonly session: TerminalSession;
}

/**
 * Shows the interface until it is left. The terminal stays with the session: whoever opened it closes it.
 * @throws whatever made it impossible to go on, as it would end a run without an interface
 */
export async function runTui({ start, session, onChoices }: TuiOptions): Promise<TuiEnd> {
  const first = startApp(start, { viewport: session.size, charset: session.charset });
  let { state } = first;
  return new Promise((resolve, reject) => {
    const runner = new EffectRunner(runnersOf(start), dispatch);
    function dispatch(event: AppEvent): void {
      if (state.outcome) return;
      try {
        show(reduceApp(state, event));
      } catch (error) {
        reject(error);
      }
    }
    function show({ state: next, effects }: AppStep): void {
      if (next.session.choices !== state.session.choices) onChoices?.(next.session.choices);
      state = next;
      for (const effect of effects) runner.run(effect);
      const { outcome } = state;
      if (outcome === undefined) session.draw(() => frameOf(state));
      else if ('error' in outcome) reject(outcome.error);
      else resolve(outcome);
    }
    session.onEvent(event =>
      dispatch(event.kind === 'resize' ? { kind: 'resize', viewport: session.size } : event),
    );
    show(first);
  });
}

/** What the terminal shows, with its control sequences for colour. */
export function frameOf(state: AppState): string {
  const columns = Math.max(1, state.viewport.columns);
  return inCharset(state.charset, () => renderToString(<App state={state} />, { columns }));
}
