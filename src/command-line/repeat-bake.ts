import { resolve } from 'node:path';
import type { BakeOptions } from './bake-options.ts';
import { fileName, guardedOperands, imageFlags } from './repeat-flags.ts';

/** The arguments that make the same image of the same tree again, as repeat-command.ts has them for a conversion. */
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
    ...guardedOperands(fileName(resolve(directory)), name),
  ];
}
