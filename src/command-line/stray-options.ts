import { usageError } from '../usage-error.ts';
import {
  AUDIT_OPTIONS,
  DOCKER_OPTIONS,
  longFlag,
  OPTIONS,
  type OptionSpec,
} from './option-table.ts';
import type { Settings } from './settings.ts';

/** Options that only one mode has. */
const OWN = [
  { mode: OPTIONS.check, specs: AUDIT_OPTIONS },
  { mode: OPTIONS.docker, specs: DOCKER_OPTIONS },
  { mode: OPTIONS.bake, specs: [OPTIONS.reload] },
];

/** Modes that have nothing to ask. */
const SILENT: readonly (OptionSpec<unknown> | undefined)[] = [
  OPTIONS.docker,
  OPTIONS.bake,
  OPTIONS.explain,
  OPTIONS.listRules,
  OPTIONS.completion,
];

/** @throws ToolError `usage` when an option of another mode was given */
export function assertNoStrayOption(
  settings: Settings,
  mode: OptionSpec<unknown> | undefined,
): void {
  for (const own of OWN) {
    const isStray = (spec: OptionSpec<unknown>) =>
      settings.hasFlag(spec) && !(spec === OPTIONS.targetVersion && isForNodes(settings));
    const stray = own.mode !== mode && own.specs.find(isStray);
    if (stray) throw usageError(`${longFlag(stray)} needs ${longFlag(own.mode)}`);
  }
  const question = [OPTIONS.interactive, OPTIONS.plain].find(spec => settings.hasFlag(spec));
  if (mode && question && SILENT.includes(mode)) {
    throw usageError(`${longFlag(question)} has no effect with ${longFlag(mode)}`);
  }
}

/** What is written for new nodes depends on their release, as an audit does. */
function isForNodes(settings: Settings): boolean {
  return [OPTIONS.butane, OPTIONS.ignition].some(spec => settings.value(spec) !== undefined);
}
