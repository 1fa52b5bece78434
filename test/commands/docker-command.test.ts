import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openImage } from '../../src/builder/squashfs/read-image.ts';
import { parseCommandLine } from '../../src/command-line/options.ts';
import { dockerCommand } from '../../src/commands/docker-command.ts';
import { bytesContent } from '../../src/content.ts';
import { toolErrorOf } from '../support/catch-error.ts';
import { type ReleaseOptions, releaseArchive } from '../support/docker-release.ts';
import { fakeIo } from '../support/fake-io.ts';
import { type FileServer, sendFile, sendStatus, serve } from '../support/file-server.ts';
import { validateEveryKey } from '../support/report-schema.ts';

const RELEASE = releaseArchive();
const SUM = digest(RELEASE);
const NO_TERMINAL = { stdin: false, stdout: false, stderr: false };

let directory: string;
let temporary: string;
let server: FileServer | undefined;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'docker-command-'));
  temporary = join(directory, 'tmp');
  mkdirSync(temporary);
});
afterEach(async () => {
  rmSync(directory, { recursive: true });
  await server?.close();
  server = undefined;
});

/** The archive as a file, in the place of a version. */
function archiveFile(options: ReleaseOptions = {}): string {
  const path = join(directory, 'docker-28.5.1.tgz');
  writeFileSync(path, releaseArchive(options));
  return path;
}

async function run(
  args: readonly string[],
  { env = {}, stdin = [] }: { env?: Record<string, string>; stdin?: readonly Uint8Array[] } = {},
) {
  const argv = ['--jobs', '1', '--output', `${directory}/`, ...args];
  const options = parseCommandLine(argv, env, NO_TERMINAL);
  if (options.mode !== 'docker') throw new Error(`parsed as ${options.mode}`);
  const io = fakeIo(stdin);
  const exitCode = await dockerCommand(options, { ...io, temporaryDirectory: temporary });
  return { exitCode, ...io.said };
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const written = () =>
  readdirSync(directory).filter(name => name !== 'tmp' && !name.endsWith('.tgz'));
const reportOf = (name: string) =>
  JSON.parse(readFileSync(join(directory, `${name}.report.json`), 'utf8'));

async function filesOf(name: string): Promise<string[]> {
  const image = await openImage(bytesContent(readFileSync(join(directory, `${name}.raw`))));
  const files: string[] = [];
  for await (const { path, kind } of image.entries()) if (kind !== 'directory') files.push(path);
  return files;
}

describe('a release in a file', () => {
  test('becomes an image with its reports', async () => {
    const { exitCode, stdout } = await run(['--docker', archiveFile(), 'mydocker']);
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')).toHaveLength(4);
    expect(written()).toEqual(['mydocker.raw', 'mydocker.report.json', 'mydocker.report.md']);
    const files = await filesOf('mydocker');
    expect(files).toContain('usr/bin/dockerd');
    expect(files).toContain('usr/lib/extension-release.d/extension-release.mydocker');
    const report = reportOf('mydocker');
    expect(validateEveryKey(report), JSON.stringify(validateEveryKey.errors)).toBe(true);
    expect(report.mode).toBe('docker');
    expect(report.input).toEqual({
      path: 'docker-28.5.1.tgz',
      parts: ['docker', 'containerd'],
      format: 'tar.gz',
      size: RELEASE.length,
      sha256: SUM,
      entries: 9,
    });
    const repeat = ['--docker', 'docker-28.5.1.tgz', '--sha256', SUM, 'mydocker'];
    expect(report.command).toEqual(['torcx2sysext', ...repeat]);
  });

  test.each([
    [['--only', 'docker'], {}, 'docker', 'usr/bin/dockerd', 'usr/bin/runc'],
    [['--only', 'containerd'], {}, 'containerd', 'usr/bin/runc', 'usr/bin/dockerd'],
    [[], { ONLY_DOCKER: '1' }, 'docker', 'usr/bin/dockerd', 'usr/bin/runc'],
    [[], { ONLY_CONTAINERD: '1' }, 'containerd', 'usr/bin/runc', 'usr/bin/dockerd'],
  ])('%j %j: a part of it, called so', async (args, env, name, has, hasNot) => {
    await run(['--docker', archiveFile(), ...args], { env });
    const files = await filesOf(name);
    expect(files).toContain(has);
    expect(files).not.toContain(hasNot);
    expect(reportOf(name).command).toContain('--only');
  });

  test('the same bytes each time', async () => {
    const first = await run(['--docker', archiveFile()]);
    const before = readFileSync(join(directory, 'docker.raw'));
    expect(first.exitCode).toBe(0);
    await run(['--docker', archiveFile(), '--force', '--jobs', '4']);
    expect(readFileSync(join(directory, 'docker.raw')).equals(before)).toBe(true);
  });

  test('a dry run writes nothing', async () => {
    const { stdout } = await run(['--docker', archiveFile(), '--dry-run']);
    expect(stdout).toContain('would write docker.raw');
    expect(stdout).toContain('docker/dockerd -> usr/bin/dockerd');
    expect(written()).toEqual([]);
  });

  test('on standard input', async () => {
    const { exitCode } = await run(['--docker', '-', '--sha256', SUM, 'x'], { stdin: [RELEASE] });
    expect(exitCode).toBe(0);
    expect(reportOf('x').input).toMatchObject({ path: '-', sha256: SUM });
  });

  test('with another checksum is not unpacked', async () => {
    const other = '0'.repeat(64);
    const error = await toolErrorOf(() => run(['--docker', archiveFile(), '--sha256', other]));
    expect(error.code).toBe('checksum-mismatch');
    expect(error.facts).toMatchObject({ expected: other, actual: SUM });
    const stdin = { stdin: [RELEASE] };
    const streamed = await toolErrorOf(() => run(['--docker', '-', '--sha256', other, 'x'], stdin));
    expect(streamed.code).toBe('checksum-mismatch');
    expect(written()).toEqual([]);
  });

  test('that is none of Docker', async () => {
    const error = await toolErrorOf(() => run(['--docker', archiveFile({ without: ['dockerd'] })]));
    expect(error.code).toBe('not-convertible');
    expect(written()).toEqual([]);
  });
});

describe('a release that is downloaded', () => {
  test('from a mirror, for the machine that is asked for', async () => {
    const arm = releaseArchive({ machine: 'aarch64' });
    server = await serve(sendFile(arm));
    const sum = digest(arm);
    const mirror = `${server.origin}/docker/`;
    const args = ['--mirror', mirror, '--sha256', sum, '--arch', 'aarch64'];
    await run(['--docker', '28.5.1', ...args]);
    expect(server.requests).toEqual([{ path: '/docker/aarch64/docker-28.5.1.tgz' }]);
    const report = reportOf('docker');
    expect(report.input).toMatchObject({
      path: 'docker-28.5.1.tgz',
      url: `${server.origin}/docker/aarch64/docker-28.5.1.tgz`,
      version: '28.5.1',
      sha256: sum,
    });
    expect(report.output.extensionRelease.fields.ARCHITECTURE).toBe('arm64');
    expect(report.command.slice(1, 7)).toEqual([
      '--docker',
      '28.5.1',
      '--mirror',
      mirror,
      '--sha256',
      sum,
    ]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('is for x86-64 when nothing is said', async () => {
    server = await serve(sendFile(RELEASE));
    await run(['--docker', '28.5.1', '--mirror', server.origin, '--sha256', SUM]);
    expect(server.requests).toEqual([{ path: '/x86_64/docker-28.5.1.tgz' }]);
  });

  test.each([
    ['is not there', sendStatus(404), SUM, 'download-failed'],
    ['is another one', sendFile(releaseArchive({ machine: 'aarch64' })), SUM, 'checksum-mismatch'],
    [
      'is for other machines',
      sendFile(releaseArchive({ machine: 'aarch64' })),
      digest(releaseArchive({ machine: 'aarch64' })),
      'wrong-architecture',
    ],
    [
      'is a page',
      sendFile(Buffer.from('<!DOCTYPE html><title>Log in</title>')),
      digest(Buffer.from('<!DOCTYPE html><title>Log in</title>')),
      'input-not-archive',
    ],
  ])('%s: nothing is left', async (_, respond, sum, code) => {
    server = await serve(respond);
    const args = ['--docker', '28.5.1', '--mirror', server.origin, '--sha256', sum];
    expect((await toolErrorOf(() => run(args))).code).toBe(code);
    expect(written()).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('is not asked for when its image could not be written', async () => {
    server = await serve(sendFile(RELEASE));
    writeFileSync(join(directory, 'docker.raw'), 'old');
    const args = ['--docker', '28.5.1', '--mirror', server.origin, '--sha256', SUM];
    expect((await toolErrorOf(() => run(args))).code).toBe('output-exists');
    expect(server.requests).toEqual([]);
  });
});
