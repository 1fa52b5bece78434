import { usageError } from '../usage-error.ts';
import { assertNoIdleOption } from './idle-option.ts';
import { AUDIT_OPTIONS } from './option-groups/audit.ts';
import { DOCKER_OPTIONS } from './option-groups/docker.ts';
import { longFlag, type OptionSpec } from './option-spec.ts';
import { OPTIONS } from './option-table.ts';
import type { Settings } from './settings.ts';

/** Options that only one mode has. */
const OWN = [
  { mode: OPTIONS.check, specs: Object.values(AUDIT_OPTIONS) },
  { mode: OPTIONS.docker, specs: Object.values(DOCKER_OPTIONS) },
  { mode: OPTIONS.bake, specs: [OPTIONS.reload] },
];

/** Modes that have nothing to ask. */
const SILENT: readonly OptionSpec<unknown>[] = [
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
  if (mode && SILENT.includes(mode)) {
    assertNoIdleOption(settings, [OPTIONS.interactive, OPTIONS.plain], mode);
  }
}

/** What is written for new nodes depends on their release, as an audit does. */
function isForNodes(settings: Settings): boolean {
  return [OPTIONS.butane, OPTIONS.ignition].some(spec => settings.value(spec) !== undefined);
}
