import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseCommandLine } from '../../src/command-line/options.ts';
import { bakeCommand } from '../../src/commands/bake-command.ts';
import { convertCommand } from '../../src/commands/convert-command.ts';
import { toolErrorOf } from '../support/catch-error.ts';
import { fakeIo } from '../support/fake-io.ts';
import { fixtureImage, TORCX_NAMES } from '../support/fixture-images.ts';
import { validate, validateEveryKey } from '../support/report-schema.ts';

const NO_TERMINAL = { stdin: false, stdout: false, stderr: false };

let directory: string;
let tree: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'bake-command-'));
  tree = join(directory, 'mytool');
  mkdirSync(join(tree, 'usr/bin'), { recursive: true });
  writeFileSync(join(tree, 'usr/bin/mytool'), '#!/bin/sh\necho hello\n');
  chmodSync(join(tree, 'usr/bin/mytool'), 0o755);
});
afterEach(() => rmSync(directory, { recursive: true }));

async function run(args: readonly string[], env: Record<string, string> = {}) {
  const io = fakeIo();
  const options = parseCommandLine(args, env, NO_TERMINAL);
  const command =
    options.mode === 'bake'
      ? bakeCommand(options, io)
      : options.mode === 'convert'
        ? convertCommand(options, io)
        : Promise.reject(new Error(options.mode));
  const exitCode = await command;
  return { exitCode, ...io.said };
}

const written = () => readdirSync(directory).filter(name => name !== 'mytool');
const at = (name: string) => join(directory, name);

test('a tree becomes an image and two reports, called after it', async () => {
  const { exitCode, stdout } = await run(['--bake', tree, '-o', `${directory}/`]);
  expect(exitCode).toBe(0);
  const names = ['mytool.raw', 'mytool.report.md', 'mytool.report.json'];
  expect(stdout).toBe(names.map(name => `wrote ${at(name)}\n`).join(''));
  expect(written().sort()).toEqual(names.sort());
  const report = JSON.parse(readFileSync(at('mytool.report.json'), 'utf8'));
  expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  expect(validateEveryKey(report), JSON.stringify(validateEveryKey.errors)).toBe(true);
  expect(report).toMatchObject({
    mode: 'bake',
    input: { path: 'mytool', format: 'directory', entries: 3 },
    command: ['torcx2sysext', '--bake', 'mytool', 'mytool'],
  });
  expect(readFileSync(at('mytool.report.md'), 'utf8')).not.toMatch(/torcx(?!2sysext)/i);
});

test('of a tree without usr and opt it says what is wrong', async () => {
  mkdirSync(at('empty'));
  const { facts } = await toolErrorOf(() => run(['--bake', at('empty'), '-o', at('x.raw')]));
  expect(facts).toMatchObject({ reason: 'nothing lies in usr or opt of the tree' });
});

test('what would harm a host is told, and nothing is made', async () => {
  mkdirSync(join(tree, 'usr/sbin'));
  const args = ['--bake', tree, '-o', at('x.raw'), 'mytool'];
  const refused = await toolErrorOf(() => run(args));
  expect(refused).toMatchObject({
    code: 'not-convertible',
    facts: { reason: expect.stringContaining('usr/sbin: '), suggestion: expect.any(String) },
  });
  expect((await toolErrorOf(() => run([...args, '--dry-run']))).code).toBe('not-convertible');
  const { exitCode, stdout } = await run([...args, '--format', 'json']);
  expect(exitCode).toBe(4);
  expect(JSON.parse(stdout)).toMatchObject({ exitCode: 4, summary: { error: 1 } });
  expect(written()).toEqual([]);
});

test('a dry run shows every file and writes nothing', async () => {
  writeFileSync(join(tree, 'README'), '');
  const { stdout } = await run(['--bake', tree, '-n']);
  expect(stdout).toContain('  copy     usr/bin/mytool  (as it is)\n');
  expect(stdout).toContain('  drop     README  (systemd-sysext merges /usr and /opt only)\n');
  expect(written()).toEqual([]);
});

test('a tree that changes while it is read makes no image', async () => {
  const io = fakeIo();
  const options = parseCommandLine(['--bake', tree, '-o', at('a.raw')], {}, NO_TERMINAL);
  if (options.mode !== 'bake') throw new Error(options.mode);
  let clock = 0;
  // The progress display asks for the time at each event: that of the image being written is the last.
  const busy = {
    ...io,
    now: () => {
      clock += 1;
      if (clock === 5) writeFileSync(join(tree, 'usr/bin/new'), '');
      return clock;
    },
  };
  expect((await toolErrorOf(() => bakeCommand(options, busy))).code).toBe('input-changed');
  expect(written()).toEqual([]);
});

test.each<[env: Record<string, string>, args: readonly string[], release: string]>([
  [{}, [], 'ID=flatcar\nSYSEXT_LEVEL=1.0\n'],
  [{ OS: '_any', RELOAD: '1' }, [], 'ID=_any\nEXTENSION_RELOAD_MANAGER=1\n'],
  [{ ARCH: 'aarch64', RELOAD: '0' }, [], 'ID=flatcar\nSYSEXT_LEVEL=1.0\nARCHITECTURE=arm64\n'],
  [{ OS: 'fedora' }, ['--os-version', '40'], 'ID=fedora\nVERSION_ID=40\n'],
  [{ RELOAD: '1' }, ['--no-reload'], 'ID=flatcar\nSYSEXT_LEVEL=1.0\n'],
])('with %j and %j the extension-release says %j', async (env, args, release) => {
  const output = ['-o', at('out'), '--no-report', ...args];
  await run(['--bake', tree, ...output], { FORMAT: 'directory', ...env });
  const path = join(directory, 'out/usr/lib/extension-release.d/extension-release.mytool');
  expect(readFileSync(path, 'utf8')).toBe(release);
});

/** As root only, since a directory image of anybody else has neither owners nor setuid bits. */
const isRoot = process.getuid?.() === 0;

test.each(['flatcar-style', 'kernel-module', 'kubelet-style', 'podman-style'])(
  'the directory that the conversion of %s makes bakes to the same image, byte for byte',
  async fixture => {
    const torcxName = TORCX_NAMES[fixture] ?? fixture;
    const name = torcxName.replace(/:.*/, '');
    writeFileSync(at(`${torcxName}.torcx.tgz`), fixtureImage(`${fixture}.torcx.tgz`));
    const convert = [at(`${torcxName}.torcx.tgz`), name, '--no-report', '--jobs', '1'];
    await run([...convert, '-o', at('converted.raw')]);
    await run([...convert, '-o', at(name), '--image-format', 'directory']);
    await run(['--bake', at(name), '-o', at('baked.raw'), '--no-report', '--jobs', '1']);
    const same = readFileSync(at('baked.raw')).equals(readFileSync(at('converted.raw')));
    if (isRoot) expect(same).toBe(true);
    else expect(readFileSync(at('baked.raw')).length).toBeGreaterThan(0);
  },
);

test('the order in which files were made, times and owners do not matter', async () => {
  const other = at('other');
  mkdirSync(join(other, 'mytool/usr/bin'), { recursive: true });
  symlinkSync('mytool', join(tree, 'usr/bin/a'));
  symlinkSync('mytool', join(other, 'mytool/usr/bin/a'));
  writeFileSync(join(other, 'mytool/usr/bin/mytool'), '#!/bin/sh\necho hello\n', { mode: 0o755 });
  chmodSync(join(other, 'mytool/usr'), 0o775);
  await run(['--bake', tree, '-o', at('a.raw')]);
  await run(['--bake', join(other, 'mytool'), '-o', join(other, 'a.raw')]);
  for (const name of ['a.raw', 'mytool.report.json', 'mytool.report.md']) {
    expect(readFileSync(join(other, name)).equals(readFileSync(at(name)))).toBe(true);
  }
});
