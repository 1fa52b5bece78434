import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { REPOSITORY } from './support/convert.ts';
import { requireTools } from './support/require-tools.ts';
import { type CommandResult, runCommand } from './support/run-command.ts';

const CLI = join(REPOSITORY, 'dist/cli.js');
const IMAGE = join(REPOSITORY, 'fixtures/images/flatcar-style.torcx.tgz');

/** A command for each mode that has no business on a network. */
const COMMANDS: readonly (readonly [mode: string, args: readonly string[]])[] = [
  ['a conversion', [IMAGE, 'docker', '--force', '--verify', '--sha256sums']],
  ['a dry run', [IMAGE, 'docker', '--dry-run']],
  ['an inspection', ['--inspect', IMAGE]],
  ['an audit', ['--check', 'tree']],
  ['its fixes', ['--check', 'tree', '--fix']],
  ['an extension of a tree', ['--bake', 'baked', '--force']],
  [
    'an image for publication',
    [IMAGE, '-f', '--image-version', '1', '--sysupdate', 'https://x.test/'],
  ],
  [
    'configuration for nodes',
    [IMAGE, '-f', '--butane', 'node.bu', '--image-url', 'https://x.test/d.raw'],
  ],
  ['the rules', ['--explain', 'TX201']],
  ['an error', ['--inspect', 'https://x.test/image.tgz']],
];

const directory = mkdtempSync(join(tmpdir(), 'privacy-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** A directory with what the commands need, where nothing has been written yet. */
function workplace(): string {
  const place = mkdtempSync(join(directory, 'place-'));
  cpSync(join(REPOSITORY, 'fixtures/audit/TX201'), join(place, 'tree'), { recursive: true });
  mkdirSync(join(place, 'baked/usr/bin'), { recursive: true });
  cpSync(join(REPOSITORY, 'LICENSE'), join(place, 'baked/usr/bin/tool'));
  return place;
}

/** Without these nothing is sent. A test's standard streams are sockets too, but already open. */
const CALLS = 'socket,connect,bind,sendto,sendmmsg';

/** The calls by which the program, or whatever it starts, could send something. */
async function traced(args: readonly string[]): Promise<CommandResult & { calls: string[] }> {
  const cwd = workplace();
  const log = join(cwd, 'trace');
  const strace = ['-f', '-qq', '-e', `trace=${CALLS}`, '-e', 'signal=none', '-o', log];
  const command = [process.execPath, CLI, ...args];
  const result = await runCommand('strace', [...strace, ...command], { cwd });
  const calls = readFileSync(log, 'utf8')
    .split('\n')
    .filter(line => /\b[a-z0-9_]+\(/.test(line));
  return { ...result, calls };
}

describe.runIf(requireTools(['strace', 'unshare']))('nothing leaves the machine', () => {
  test.each(COMMANDS)('%s opens no socket', async (_, args) => {
    const { calls, stderr } = await traced(args);
    expect(calls, stderr).toEqual([]);
  });

  test.each(COMMANDS)('%s is the same without a network', async (_, args) => {
    const command = [process.execPath, CLI, ...args];
    const alone = await runCommand('unshare', ['--net', ...command], { cwd: workplace() });
    const connected = await runCommand('unshare', ['--uts', ...command], { cwd: workplace() });
    expect(alone).toEqual(connected);
  });

  test('a download is seen, so that the others would be', async () => {
    const { calls } = await traced(['--docker', '28.5.1', '--mirror', 'https://127.0.0.1:65534/']);
    expect(calls.join('\n')).toMatch(/connect\(.*127\.0\.0\.1/);
  });
});
