import { resolve } from 'node:path';
import { baseName } from '../path-names.ts';
import type { BakeOptions } from './bake-options.ts';
import { guardedOperands } from './guarded-operands.ts';
import { imageFlags } from './repeat-flags.ts';

/** The arguments that make the same image of the same tree again, as repeat-convert.ts has them for a conversion. */
export function repeatBake(options: BakeOptions): string[] {
  const { directory, name, host, architecture, reload, enable, keepSelinux } = options;
  return [
    'torcx2sysext',
    '--bake',
    ...imageFlags(options),
    ...(host === undefined ? [] : ['--os', host.id]),
    ...(host?.sysextLevel === undefined ? [] : ['--sysext-level', host.sysextLevel]),
    ...(host?.versionId === undefined ? [] : ['--os-version', host.versionId]),
    ...(architecture === 'auto' ? [] : ['--arch', architecture]),
    ...(reload === 'auto' ? [] : [reload === 'always' ? '--reload' : '--no-reload']),
    ...(keepSelinux ? ['--keep-selinux'] : []),
    ...(enable.length === 0 ? [] : ['--enable', enable.join(',')]),
    ...guardedOperands(baseName(resolve(directory)), name),
  ];
}
