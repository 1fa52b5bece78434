import { analyserRunners } from './analyser-effects.ts';
import type { AnalyserServices } from './analyser-services.ts';
import type { AppState } from './app-state.ts';
import { auditRunners } from './audit/audit-effects.ts';
import type { AuditServices } from './audit/audit-services.ts';
import { type Choices, noChoices } from './choices.ts';
import type { Runners } from './effect-runner.ts';
import type { AppStep } from './reduce-app.ts';
import { rulePageRunners } from './rule-page.ts';
import { initialScreens } from './screen-table.ts';
import type { Viewport } from './viewport.ts';

/** What the interface is opened with. */
export type AppStart =
  | {
      readonly mode: 'inspect';
      readonly services: AnalyserServices;
      /** What flags have decided already. */
      readonly choices: Choices;
    }
  | { readonly mode: 'audit'; readonly services: AuditServices };

/** Who does the work of this mode. */
export function runnersOf(start: AppStart): Runners {
  const rules = rulePageRunners(start.services);
  switch (start.mode) {
    case 'inspect':
      return { ...rules, ...analyserRunners(start.services) };
    case 'audit':
      return { ...rules, ...auditRunners(start.services) };
  }
}

type WithoutServices<S> = S extends AppStart ? Omit<S, 'services'> : never;

/** The first state, and the work that leads to the second. */
export function startApp(start: WithoutServices<AppStart>, viewport: Viewport): AppStep {
  const { mode } = start;
  const state: Omit<AppState, 'screen' | 'session'> = { mode, viewport, screens: initialScreens };
  switch (mode) {
    case 'inspect': {
      const { choices } = start;
      return {
        state: { ...state, screen: 'files', session: { choices } },
        effects: [{ do: 'inspect', choices }],
      };
    }
    case 'audit':
      return {
        state: { ...state, screen: 'audit', session: { choices: noChoices } },
        effects: [{ do: 'audit' }],
      };
  }
}
