import { expect, test } from 'vitest';
import type { CheckOptions } from '../../src/command-line/check-options.ts';
import { parseCommandLine } from '../../src/command-line/options.ts';
import { repeatCheck } from '../../src/command-line/repeat-check.ts';

function parse(args: readonly string[]): CheckOptions {
  const options = parseCommandLine(args, {}, { stdin: false, stdout: false, stderr: false });
  if (options.mode !== 'check') throw new Error(`${args.join(' ')} is no audit`);
  return options;
}

const EVERYTHING = [
  ...['--root', '/mnt', '--target-version', '3815.2.0', '--fail-on', 'info', '--select', 'TX2,TX3'],
  ...['--ignore', 'TX204', '--no-ignores', '--show-suppressed', '--fix', '--unsafe-fixes'],
  ...['--backup-dir', '/old', '--check', '/etc', '/oem'],
];

test.each([
  ['the default path', ['--check'], 'torcx2sysext --check /etc'],
  ['paths', ['/oem', '--check', '/etc'], 'torcx2sysext --check /etc /oem'],
  ['every option', EVERYTHING, `torcx2sysext ${EVERYTHING.join(' ')}`],
  ['a patch', ['--check', '--diff', '.'], 'torcx2sysext --diff --check .'],
  ['nothing of the display', ['--check', '-v', '--format', 'json'], 'torcx2sysext --check /etc'],
  ['a path that looks like an option', ['--check', '--', '-x'], 'torcx2sysext --check -- -x'],
])('says the same again: %s', (_, args, command) => {
  const options = parse(args);
  const [program, ...again] = repeatCheck(options, options);
  expect([program, ...again].join(' ')).toBe(command);
  expect(parse(again)).toEqual({ ...options, display: parse(['--check']).display });
});

test('the fixes are those that were made, not those that were asked for', () => {
  const options = parse(['--check', '.']);
  const command = repeatCheck(options, { action: 'fix', unsafeFixes: true });
  expect(command.join(' ')).toBe('torcx2sysext --fix --unsafe-fixes --check .');
});
