import { baseName } from '../path-names.ts';
import type { ConvertOptions } from './convert-options.ts';
import { guardedOperands } from './guarded-operands.ts';
import { extensionFlags, imageFlags } from './repeat-flags.ts';

/**
 * The arguments that make the same image again, the program's name first. Only what differs from the defaults, and only
 * what has a say in the result: not the display, not the number of threads, no directories. SOURCE_DATE_EPOCH is the
 * environment's.
 * @param options.output the image's file, when it is known that it is no directory for it
 */
export function repeatConvert(options: ConvertOptions): string[] {
  const flags = [
    ...imageFlags(options),
    ...extensionFlags(options),
    ...(options.keepSelinux ? ['--keep-selinux'] : []),
    ...entryFlags(options),
  ];
  const { archive, name } = options;
  return ['torcx2sysext', ...flags, ...guardedOperands(baseName(archive), name)];
}

function entryFlags({ drop, keep }: ConvertOptions): string[] {
  return [...drop.flatMap(path => ['--drop', path]), ...keep.flatMap(path => ['--keep', path])];
}
