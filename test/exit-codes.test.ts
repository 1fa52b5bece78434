import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle } from '../scripts/bundle.mjs';
import { EXIT_CODES, exitCodeOf } from '../src/errors.ts';
import { writeTree } from './support/check-in-process.ts';

/** The program as it is shipped, and trees for it. */
const folder = mkdtempSync(join(tmpdir(), 'exit-codes-'));
const cli = join(folder, 'dist/cli.js');

beforeAll(async () => {
  await bundle(join(folder, 'dist'));
  const broken = '[Service]\nEnvironmentFile=/run/metadata/torcx\n';
  writeTree(
    {
      'clean/etc/a.service': '[Service]\nExecStart=/usr/bin/a\n',
      'broken/etc/a.service': broken,
      'damaged/etc/torcx/profiles/a.json': '{"kind": x\n',
      'damaged/etc/a.service': broken,
      // Far more than a pipe takes at once.
      'long/etc/a.service': `[Service]\n${'EnvironmentFile=/run/metadata/torcx\n'.repeat(3000)}`,
      'archive.tgz': '<html>',
    },
    folder,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Each row of the table in the manual that a process can be brought to. */
test.each<[number, string, string[]]>([
  [0, 'no finding', ['--check', 'clean']],
  [1, 'a finding', ['--check', 'broken']],
  [0, 'a finding that is not to fail', ['--check', 'broken', '--fail-on', 'never']],
  [0, 'a finding for a program that reads SARIF', ['--check', 'broken', '--format', 'sarif']],
  [2, 'an option that there is not', ['--check', 'clean', '--formt', 'json']],
  [2, 'a value that there is not', ['--check', 'clean', '--format', 'xml']],
  [2, 'options of another mode', ['--check', 'clean', '--enable', 'a.service']],
  [3, 'a path that is absent', ['--check', 'nope']],
  [4, 'what is no archive', ['archive.tgz']],
  [5, 'a profile that is none, which outranks findings', ['--check', 'damaged']],
  [5, 'the same, also where nothing is to fail', ['--check', 'damaged', '--fail-on', 'never']],
  [6, 'an output without a directory', ['--check', 'broken', '--output-file', 'no/such/file']],
])('exit %i: %s', (exitCode, _, args) => {
  const { status, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  expect(status, stderr).toBe(exitCode);
});

test('what a process is not brought to here has its exit code too', () => {
  const { strict, 'no-memory': noMemory, 'tool-missing': toolMissing } = EXIT_CODES;
  expect({ strict, noMemory, toolMissing }).toEqual({ strict: 1, noMemory: 7, toolMissing: 7 });
  const { 'self-check-failed': selfCheck, 'thread-lost': threadLost } = EXIT_CODES;
  expect({ selfCheck, threadLost }).toEqual({ selfCheck: 70, threadLost: 70 });
});

test('every error has its row', () => {
  const codes = new Set([...Object.values(EXIT_CODES), exitCodeOf(new Error('a defect'))]);
  expect([...codes].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 70, 128]);
});

describe('a report that nobody reads to its end', () => {
  test.each<[number, string, (child: ChildProcess) => void]>([
    [141, 'because the pipe is closed', child => child.stdout?.destroy()],
    [130, 'because of SIGINT', child => child.kill('SIGINT')],
    [143, 'because of SIGTERM', child => child.kill('SIGTERM')],
    [129, 'because of SIGHUP', child => child.kill('SIGHUP')],
  ])('is exit %i %s', async (exitCode, _, interrupt) => {
    const args = [cli, '--check', 'long', '--format', 'json'];
    const child = spawn(process.execPath, args, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ended = once(child, 'close');
    await once(child.stdout, 'readable');
    interrupt(child);
    child.stdout.resume();
    expect((await ended)[0]).toBe(exitCode);
  });
});
