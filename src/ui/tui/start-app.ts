import { type Answers, NO_ANSWERS } from '../../command-line/answers.ts';
import type { Environment } from '../../command-line/settings.ts';
import { analyserRunners } from './analyser-effects.ts';
import type { AnalyserServices } from './analyser-services.ts';
import type { AppState } from './app-state.ts';
import { auditRunners } from './audit/audit-effects.ts';
import type { AuditServices } from './audit/audit-services.ts';
import type { Effect } from './effect.ts';
import type { Runners } from './effect-runner.ts';
import type { AppStep } from './reduce-app.ts';
import { rulePageRunners } from './rule-page.ts';
import { initialScreens } from './screen-table.ts';
import { type ConversionWork, wizardRunners } from './wizard-effects.ts';

/** What the interface is opened with. */
export type AppStart =
  | {
      readonly mode: 'inspect';
      readonly services: AnalyserServices;
      /** What flags have decided already. */
      readonly choices: Answers;
    }
  | {
      readonly mode: 'wizard';
      readonly services: AnalyserServices & ConversionWork;
      readonly choices: Answers;
      readonly env: Environment;
    }
  | { readonly mode: 'audit'; readonly services: AuditServices };

/** Who does the work of this mode. */
export function runnersOf(start: AppStart): Runners {
  const rules = rulePageRunners(start.services);
  switch (start.mode) {
    case 'inspect':
      return { ...rules, ...analyserRunners(start.services) };
    case 'wizard':
      return { ...rules, ...analyserRunners(start.services), ...wizardRunners(start.services) };
    case 'audit':
      return { ...rules, ...auditRunners(start.services) };
  }
}

type WithoutServices<S> = S extends AppStart ? Omit<S, 'services'> : never;

/** The first state, and the work that leads to the second. */
export function startApp(
  start: WithoutServices<AppStart>,
  terminal: Pick<AppState, 'viewport' | 'charset'>,
): AppStep {
  const { mode } = start;
  const state: Omit<AppState, 'screen' | 'session'> = {
    mode,
    ...terminal,
    screens: initialScreens,
  };
  switch (mode) {
    case 'inspect': {
      const { choices } = start;
      return {
        state: { ...state, screen: 'files', session: { choices, env: {} } },
        effects: [{ do: 'inspect', choices }],
      };
    }
    case 'wizard': {
      const { choices, env } = start;
      const isChosen = choices.archive !== '';
      const first: readonly Effect[] = isChosen ? [{ do: 'inspect', choices }] : [];
      return {
        state: { ...state, screen: isChosen ? 'files' : 'source', session: { choices, env } },
        effects: [...first, { do: 'listStores' }, { do: 'listDirectory', path: '' }],
      };
    }
    case 'audit':
      return {
        state: { ...state, screen: 'audit', session: { choices: NO_ANSWERS, env: {} } },
        effects: [{ do: 'audit' }],
      };
  }
}
