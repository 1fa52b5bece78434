import { usageError } from '../usage-error.ts';
import { assertNoOperand } from './assert-no-operand.ts';
import type { DisplayOptions } from './display-options.ts';
import { OPTIONS } from './option-table.ts';
import type { Settings } from './settings.ts';

/** The unit that starts what extensions bring, as text. */
export interface EnsureSysextOptions {
  readonly mode: 'ensure-sysext';
  readonly display: DisplayOptions;
  readonly force: boolean;
}

/** @throws ToolError `usage` for an operand, and for a format that a unit has not */
export function ensureSysextOptions(
  operands: readonly string[],
  settings: Settings,
  display: DisplayOptions,
): EnsureSysextOptions {
  assertNoOperand(operands);
  if (display.format !== 'text') {
    throw usageError(`--ensure-sysext prints a unit, which --format ${display.format} cannot hold`);
  }
  return { mode: 'ensure-sysext', display, force: settings.on(OPTIONS.force) };
}
