import { resolve } from 'node:path';
import { assertExtensionName } from '../extension-name.ts';
import { baseName } from '../path-names.ts';
import { usageError } from '../usage-error.ts';
import { assertNoOperand } from './assert-no-operand.ts';
import type { DisplayOptions } from './display-options.ts';
import type { ExtensionOptions } from './extension-options.ts';
import { givenHostMatch, type HostMatch } from './host-options.ts';
import { assertNoIdleOption } from './idle-option.ts';
import { type ImageOptions, imageOptions } from './image-options.ts';
import { OPTIONS } from './option-table.ts';
import type { Settings } from './settings.ts';

/** An extension that is made of a directory tree. */
export interface BakeOptions extends ImageOptions {
  readonly mode: 'bake';
  /** As it was given. */
  readonly directory: string;
  /** Absent: the tree's own extension-release decides, or the usual host. */
  readonly host?: HostMatch;
  readonly architecture: ExtensionOptions['architecture'];
  readonly reload: 'auto' | 'always' | 'never';
  readonly enable: readonly string[];
  readonly keepSelinux: boolean;
}

/** What is about an archive's entries, or about what Torcx started. */
const WITHOUT_EFFECT = [OPTIONS.noEnable, OPTIONS.drop, OPTIONS.keep];

/** @throws ToolError `usage` for the first thing that makes no sense */
export function bakeOptions(
  operands: readonly string[],
  settings: Settings,
  display: DisplayOptions,
): BakeOptions {
  assertNoIdleOption(settings, WITHOUT_EFFECT, OPTIONS.bake);
  const { directory, name } = subject(operands);
  const host = givenHostMatch(settings);
  return {
    mode: 'bake',
    directory,
    ...imageOptions(name, settings, display),
    ...(host && { host }),
    architecture: settings.value(OPTIONS.arch) ?? 'auto',
    reload: reload(settings),
    enable: [...new Set(settings.all(OPTIONS.enable).flat())],
    keepSelinux: settings.on(OPTIONS.keepSelinux),
  };
}

function subject(operands: readonly string[]): { directory: string; name: string } {
  const [directory, name, ...further] = operands;
  const suggestion = 'torcx2sysext --bake DIRECTORY NAME';
  if (directory === undefined || directory === '') {
    throw usageError('missing <directory> for --bake', suggestion);
  }
  assertNoOperand(further);
  if (directory === '-') throw usageError('--bake reads a directory, not standard input');
  const own = resolve(directory);
  const chosen = name ?? baseName(own);
  if (chosen === '') throw usageError(`'${directory}' has no name for the extension`, suggestion);
  assertExtensionName(chosen);
  return { directory, name: chosen };
}

function reload(settings: Settings): BakeOptions['reload'] {
  const chosen = settings.either(OPTIONS.reload, OPTIONS.noReload);
  if (chosen === OPTIONS.reload) return 'always';
  return chosen === OPTIONS.noReload || settings.value(OPTIONS.reload) === false ? 'never' : 'auto';
}
