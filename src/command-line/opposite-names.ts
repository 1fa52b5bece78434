import { usageError } from '../usage-error.ts';
import { longFlag, type OptionSpec } from './option-spec.ts';
import type { Settings } from './settings.ts';

type NameList = OptionSpec<string | readonly string[]>;

/**
 * The names that two opposite options list, each once.
 * @throws ToolError `usage` for a name that is in both
 */
export function oppositeNames(settings: Settings, a: NameList, b: NameList): [string[], string[]] {
  const [first, second] = [new Set(settings.all(a).flat()), new Set(settings.all(b).flat())];
  const both = [...first].find(name => second.has(name));
  if (both !== undefined) {
    throw usageError(`'${both}' is in ${longFlag(a)} and in ${longFlag(b)}`);
  }
  return [[...first], [...second]];
}
