import { expect, test } from 'vitest';
import { type ParsedCommand, parseCommandLine } from '../../src/command-line/options.ts';
import { repeatBake } from '../../src/command-line/repeat-bake.ts';
import { repeatConvert } from '../../src/command-line/repeat-convert.ts';

const PIPES = { stdin: false, stdout: false, stderr: false };

function parse(line: string, env: Readonly<Record<string, string>> = {}): ParsedCommand {
  return parseCommandLine(line.split(' '), env, PIPES);
}

function repeated(command: ParsedCommand): string {
  if (command.mode === 'bake') return repeatBake(command).join(' ');
  if (command.mode !== 'convert') throw new Error(`got ${command.mode}`);
  return repeatConvert(command).join(' ');
}

const CASES: [string, string][] = [
  ['/in/docker:20.10.torcx.tgz', 'docker:20.10.torcx.tgz docker'],
  ['- b', '- b'],
  ['-o /x/a.raw a.tgz', 'a.tgz a'],
  ['-o /x/other.raw a.tgz', '--output other.raw a.tgz a'],
  ['-o /x/ a.tgz', 'a.tgz a'],
  ['--image-format directory -o /x/a a.tgz', '--image-format directory a.tgz a'],
  ['--compression zstd a.tgz', 'a.tgz a'],
  [
    '--compression zstd:19 --block-size 1M a.tgz',
    '--compression zstd:19 --block-size 1024K a.tgz a',
  ],
  ['--image-version 1 -o /x/ a.tgz', '--image-version 1 a.tgz a'],
  ['--sha256sums a.tgz', '--sha256sums a.tgz a'],
  [
    '--sha256sums --sysupdate http://e/ --image-version 1 a.tgz',
    '--image-version 1 --sysupdate http://e/ a.tgz a',
  ],
  ['--os debian a.tgz', '--os debian a.tgz a'],
  ['--os _any a.tgz', '--os _any a.tgz a'],
  ['--os-version 12 --os debian a.tgz', '--os debian --os-version 12 a.tgz a'],
  ['--os-version 12 --sysext-level 1.0 a.tgz', '--sysext-level 1.0 --os-version 12 a.tgz a'],
  ['--sysext-level 2 --arch amd64 a.tgz', '--sysext-level 2 --arch x86-64 a.tgz a'],
  [
    '--enable b.service,a.socket --no-enable c.timer a.tgz',
    '--enable b.service,a.socket --no-enable c.timer a.tgz a',
  ],
  ['--keep-selinux --strict --no-reload a.tgz', '--strict --no-reload --keep-selinux a.tgz a'],
  ['--keep lib/y --drop ./lib/ --drop -z a.tgz', '--drop lib --drop -z --keep lib/y a.tgz a'],
  ['-fqn --jobs 8 --format json --report r.md --verify a.tgz', 'a.tgz a'],
  ['-- -x.tgz y', '-- -x.tgz y'],
  ['--bake /in/mytool', '--bake mytool mytool'],
  ['--bake /in/mytool b --os flatcar --jobs 2', '--bake --os flatcar --sysext-level 1.0 mytool b'],
  [
    '--bake mytool --os-version 12 --os debian --arch arm64 --reload --enable a.service',
    '--bake --os debian --os-version 12 --arch arm64 --reload --enable a.service mytool mytool',
  ],
  [
    '--bake mytool --no-reload --keep-selinux --image-version 1',
    '--bake --image-version 1 --no-reload --keep-selinux mytool mytool',
  ],
  ['--bake -- -x y', '--bake -- -x y'],
];

test.each(CASES)('%s is repeated by %s', (line, expected) => {
  expect(repeated(parse(line))).toBe(`torcx2sysext ${expected}`);
});

test.each(CASES)('%s: the repetition repeats itself', line => {
  const first = repeated(parse(line));
  expect(repeated(parse(first.replace('torcx2sysext ', '')))).toBe(first);
});

test('what the environment said is said by options', () => {
  const command = parse('a.tgz', { OS: 'debian', FORMAT: 'directory', ARCH: 'aarch64' });
  expect(repeated(command)).toBe(
    'torcx2sysext --image-format directory --os debian --arch arm64 a.tgz a',
  );
});
