import type { RuleId } from '../../rule-table.ts';
import type { RunnersOf } from './runners-of.ts';

/** The page of a rule, which every mode can show. */
export interface RulePageServices {
  /** Markdown. */
  rulePage(rule: RuleId): Promise<string>;
}

export interface RulePageEffect {
  readonly do: 'readRule';
  readonly rule: RuleId;
}

/** The page is Markdown. */
export interface RulePageEvent {
  readonly kind: 'rulePage';
  readonly rule: RuleId;
  readonly page: string;
}

export function rulePageRunners(
  services: RulePageServices,
): RunnersOf<RulePageEffect, RulePageEvent> {
  return {
    async readRule({ rule }, emit) {
      emit({ kind: 'rulePage', rule, page: await services.rulePage(rule) });
    },
  };
}
