import { assertNoOperand } from './assert-no-operand.ts';
import type { DisplayOptions } from './display-options.ts';
import { assertNoIdleOption } from './idle-option.ts';
import { OPTIONS } from './option-table.ts';
import type { Settings } from './settings.ts';

/** A script that makes a shell complete command lines of this program. */
export interface CompletionOptions {
  readonly mode: 'completion';
  readonly shell: 'bash' | 'zsh' | 'fish';
  readonly force: boolean;
  readonly display: DisplayOptions;
}

/** @throws ToolError `usage` for the first thing that makes no sense */
export function completionOptions(
  operands: readonly string[],
  settings: Settings,
  display: DisplayOptions,
): CompletionOptions {
  assertNoOperand(operands);
  assertNoIdleOption(settings, [OPTIONS.format], OPTIONS.completion);
  const shell = settings.value(OPTIONS.completion) ?? 'bash';
  return { mode: 'completion', shell, force: settings.on(OPTIONS.force), display };
}
