import type { RuleId } from '../rule-table.ts';
import { assertNoOperand } from './assert-no-operand.ts';
import type { DisplayOptions } from './display-options.ts';
import { OPTIONS } from './option-table.ts';
import type { Settings } from './settings.ts';

/** What the rules are, or what one of them means. */
export type RulesOptions = {
  readonly display: DisplayOptions;
  readonly force: boolean;
} & ({ readonly mode: 'list-rules' } | { readonly mode: 'explain'; readonly rule: RuleId });

/** @throws ToolError `usage` for an operand, which neither mode takes */
export function rulesOptions(
  operands: readonly string[],
  settings: Settings,
  display: DisplayOptions,
): RulesOptions {
  assertNoOperand(operands);
  const common = { display, force: settings.on(OPTIONS.force) };
  const rule = settings.value(OPTIONS.explain);
  return rule === undefined
    ? { mode: 'list-rules', ...common }
    : { mode: 'explain', rule, ...common };
}
