import { describe, expect, test } from 'vitest';
import type { CheckOptions } from '../../src/command-line/check-options.ts';
import { parseCommandLine } from '../../src/command-line/options.ts';
import { toolErrorOf } from '../support/catch-error.ts';

const noTerminal = { stdin: false, stdout: false, stderr: false };

function parse(line: string, env: Record<string, string> = {}): CheckOptions {
  const command = parseCommandLine(line === '' ? [] : line.split(' '), env, noTerminal);
  if (command.mode !== 'check') throw new Error(`${line} is no audit`);
  return command;
}

describe('paths', () => {
  test.each([
    ['--check', ['/etc']],
    ['--check /etc', ['/etc']],
    ['--check=/oem', ['/oem']],
    ['/oem --check', ['/oem']],
    ['--check /etc /oem', ['/etc', '/oem']],
    ['--check=/etc /oem /usr', ['/etc', '/oem', '/usr']],
    ['--check --diff /etc', ['/etc']],
    ['--check /etc --fix /oem', ['/etc', '/oem']],
    ['--check -- -odd', ['-odd']],
    ['--check 1', ['1']],
  ])('%s', (line, paths) => {
    expect(parse(line).paths).toEqual(paths);
  });

  test('from the environment', () => {
    expect(parse('/oem', { TORCX2SYSEXT_CHECK: '1' }).paths).toEqual(['/oem']);
  });
});

test('the defaults', () => {
  const { display, ...options } = parse('--check');
  expect(options).toEqual({
    mode: 'check',
    paths: ['/etc'],
    targetVersion: '3794.0.0',
    failOn: 'warning',
    select: [],
    ignore: [],
    useIgnores: true,
    showSuppressed: false,
    action: 'report',
    unsafeFixes: false,
    force: false,
    interactive: false,
  });
  expect(display.format).toBe('text');
});

describe('values', () => {
  test.each<[string, Partial<CheckOptions>]>([
    ['--root /mnt', { root: '/mnt' }],
    ['--target-version 3510', { targetVersion: '3510.0.0' }],
    ['--target-version 3815.2', { targetVersion: '3815.2.0' }],
    ['--fail-on never', { failOn: 'never' }],
    ['--select TX2,tx301 --select TX9', { select: ['TX2', 'TX301', 'TX9'] }],
    ['--ignore TX', { ignore: ['TX'] }],
    ['--no-ignores', { useIgnores: false }],
    ['--show-suppressed', { showSuppressed: true }],
    ['--diff --unsafe-fixes', { action: 'diff', unsafeFixes: true }],
    ['--fix --backup-dir /b', { action: 'fix', backupDirectory: '/b' }],
    ['--output-file f --force', { force: true }],
  ])('%s', (line, expected) => {
    expect(parse(`--check ${line}`)).toMatchObject(expected);
  });

  test.each(['text', 'json', 'markdown', 'sarif', 'github'])('--format %s', format => {
    expect(parse(`--check --format ${format}`).display.format).toBe(format);
  });

  test('of lists, from the environment', () => {
    const env = { TORCX2SYSEXT_SELECT: 'TX1,TX2', TORCX2SYSEXT_FAIL_ON: 'info' };
    expect(parse('--check', env)).toMatchObject({ select: ['TX1', 'TX2'], failOn: 'info' });
    expect(parse('--check --select TX3', env).select).toEqual(['TX3']);
  });
});

describe('makes no sense:', () => {
  test.each([
    ['--check --inspect x', '--inspect and --check exclude each other'],
    ['--check --diff --fix', '--diff and --fix exclude each other'],
    ['--check --diff --format json', '--diff prints a patch, which --format json cannot hold'],
    ['--check --unsafe-fixes', '--unsafe-fixes needs --diff or --fix'],
    ['--check --diff --backup-dir b', '--backup-dir needs --fix'],
    ['--check --output x.raw', '--output has no effect with --check'],
    ['--check --os flatcar', '--os has no effect with --check'],
    ['image.tgz x --fix', '--fix needs --check'],
    ['image.tgz x --format sarif', '--format sarif needs --check'],
    ['--check -', '--check reads files and directories, not standard input'],
    ['--check=', "invalid path '' for --check"],
    ['--check --select TX8', "invalid value 'TX8' for --select: need rules such as TX201 or TX2"],
    [
      '--check --target-version new',
      "invalid value 'new' for --target-version: need a release of Flatcar such as 3815.2.0",
    ],
  ])('%s', async (line, what) => {
    const { code, facts } = await toolErrorOf(() => parse(line));
    expect(code).toBe('usage');
    expect(facts).toMatchObject({ what });
  });
});
