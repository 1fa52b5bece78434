import { WITHOUT_TORCX } from '../flatcar-release.ts';
import type { CheckOptions } from './check-options.ts';
import { guardedOperands } from './guarded-operands.ts';

/**
 * The arguments that make the same audit again, the program's name first. Only what differs from the defaults; nothing
 * of how the result is shown.
 * @param action what is done about the findings
 */
export function repeatCheck(
  options: CheckOptions,
  action: Pick<CheckOptions, 'action' | 'unsafeFixes'>,
): string[] {
  const { paths } = options;
  return [
    'torcx2sysext',
    ...scopeFlags(options),
    ...fixFlags({ ...options, ...action }),
    '--check',
    ...guardedOperands(...paths),
  ];
}

function scopeFlags({
  root,
  targetVersion,
  failOn,
  select,
  ignore,
  useIgnores,
  showSuppressed,
}: CheckOptions): string[] {
  return [
    ...(root === undefined ? [] : ['--root', root]),
    ...(targetVersion === WITHOUT_TORCX ? [] : ['--target-version', targetVersion]),
    ...(failOn === 'warning' ? [] : ['--fail-on', failOn]),
    ...(select.length === 0 ? [] : ['--select', select.join(',')]),
    ...(ignore.length === 0 ? [] : ['--ignore', ignore.join(',')]),
    ...(useIgnores ? [] : ['--no-ignores']),
    ...(showSuppressed ? ['--show-suppressed'] : []),
  ];
}

function fixFlags({ action, unsafeFixes, backupDirectory }: CheckOptions): string[] {
  if (action === 'report') return [];
  return [
    `--${action}`,
    ...(unsafeFixes ? ['--unsafe-fixes'] : []),
    ...(action === 'fix' && backupDirectory !== undefined ? ['--backup-dir', backupDirectory] : []),
  ];
}
