import { usageError } from '../usage-error.ts';
import { longFlag, type OptionSpec } from './option-spec.ts';
import type { Settings } from './settings.ts';

/**
 * @param specs what has no effect with `mode`
 * @throws ToolError `usage` for the first of them that is on the command line; a variable may be meant for other runs
 */
export function assertNoIdleOption(
  settings: Settings,
  specs: readonly OptionSpec<unknown>[],
  mode: OptionSpec<unknown>,
): void {
  const idle = specs.find(spec => settings.hasFlag(spec));
  if (idle) throw usageError(`${longFlag(idle)} has no effect with ${longFlag(mode)}`);
}
