import { type CheckOptions, WITHOUT_TORCX } from './check-options.ts';

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
  // Without this a directory called -x would be read as options.
  const guard = paths.some(path => path.startsWith('-')) ? ['--'] : [];
  return [
    'torcx2sysext',
    ...scopeFlags(options),
    ...fixFlags({ ...options, ...action }),
    '--check',
    ...guard,
    ...paths,
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
