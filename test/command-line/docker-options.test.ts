import { describe, expect, test } from 'vitest';
import type { DockerOptions } from '../../src/command-line/docker-options.ts';
import { parseCommandLine } from '../../src/command-line/options.ts';
import { repeatDocker } from '../../src/command-line/repeat-docker.ts';
import type { Environment } from '../../src/command-line/settings.ts';
import { toolErrorOf } from '../support/catch-error.ts';

const PIPES = { stdin: false, stdout: false, stderr: false };
const SUM = 'ab'.repeat(32);

function parse(line: string, env: Environment = {}): DockerOptions {
  const options = parseCommandLine(line.split(' '), env, PIPES);
  if (options.mode !== 'docker') throw new Error(`${line} is parsed as ${options.mode}`);
  return options;
}

const RELEASES = 'https://download.docker.com/linux/static/stable';
const release = (version: string, machine = 'x86_64') => ({
  version,
  url: `${RELEASES}/${machine}/docker-${version}.tgz`,
});

describe('what is asked for', () => {
  test.each<[string, Environment, Partial<DockerOptions>]>([
    ['--docker 28.5.1', {}, { release: release('28.5.1'), name: 'docker', architecture: 'x86-64' }],
    ['--docker 28.5.1 mine', {}, { name: 'mine' }],
    ['mine --docker=28.5.1', {}, { name: 'mine', release: release('28.5.1') }],
    ['--docker 29.0.0-rc.1', {}, { release: release('29.0.0-rc.1') }],
    ['--docker 28', {}, { release: release('28') }],
    ['--docker 28.5.1 --arch arm64', {}, { release: release('28.5.1', 'aarch64') }],
    ['--docker 28.5.1', { ARCH: 'aarch64' }, { architecture: 'arm64' }],
    ['--docker 28.5.1', { OS: '_any' }, { host: { id: '_any' } }],
    ['--docker 28.5.1 --only containerd', {}, { only: 'containerd', name: 'containerd' }],
    ['--docker 28.5.1 --only docker', { ONLY_CONTAINERD: '1' }, { only: 'docker' }],
    ['--docker 28.5.1', { ONLY_CONTAINERD: '1' }, { only: 'containerd' }],
    ['--docker 28.5.1', { ONLY_DOCKER: '1', ONLY_CONTAINERD: '0' }, { only: 'docker' }],
    ['--docker 28.5.1', { ONLY_DOCKER: '' }, { name: 'docker' }],
    [`--docker 28.5.1 --sha256 ${SUM.toUpperCase()}`, {}, { sha256: SUM }],
    [
      '--docker 28.5.1 --mirror https://a.example/d/',
      {},
      {
        release: {
          version: '28.5.1',
          mirror: 'https://a.example/d/',
          url: 'https://a.example/d/x86_64/docker-28.5.1.tgz',
        },
      },
    ],
    [
      '--docker docker-28.5.1.tgz',
      {},
      { release: { path: 'docker-28.5.1.tgz' }, architecture: 'auto' },
    ],
    ['--docker ./28.5.1', {}, { release: { path: './28.5.1' } }],
    ['--docker -', {}, { release: { path: '-' } }],
  ])('%s %j', (line, env, expected) => {
    expect(parse(line, env)).toMatchObject(expected);
  });
});

describe('what makes no sense', () => {
  test.each<[string, Environment, string]>([
    ['--docker 28.5.1 a b', {}, "unexpected argument 'b'"],
    ['--docker 28.5.1 a/b', {}, "invalid name 'a/b': letters, digits, '.', '_', '-' only"],
    ['--docker v28.5.1', {}, "'v28.5.1' is no version and no file"],
    ['--docker latest', {}, "'latest' is no version and no file"],
    ['--docker', {}, "option '--docker' needs a value"],
    ['--docker 28.5.1 --inspect', {}, '--inspect and --docker exclude each other'],
    ['--docker 28.5.1 --drop a', {}, '--drop has no effect with --docker'],
    ['--docker 28.5.1 --keep-selinux', {}, '--keep-selinux has no effect with --docker'],
    ['--docker 28.5.1 --select TX6', {}, '--select needs --check'],
    ['--only docker a.tgz', {}, '--only needs --docker'],
    ['--check --sha256 x', {}, '--sha256 needs --docker'],
    [
      '--docker a.tgz --mirror https://a.example',
      {},
      "--mirror needs a version; 'a.tgz' is a file",
    ],
    [
      '--docker 28.5.1 --mirror http://a.example',
      {},
      '--mirror http://a.example needs --sha256: over http anybody on the way could give another archive',
    ],
    [
      '--docker 28.5.1 --mirror https://me:secret@a.example',
      {},
      "invalid value 'https://me:secret@a.example' for --mirror: need an http or https address without password, ? and #",
    ],
    [
      '--docker 28.5.1 --mirror ftp://a.example',
      {},
      "invalid value 'ftp://a.example' for --mirror: need an http or https address without password, ? and #",
    ],
    [
      '--docker 28.5.1 --sha256 abc',
      {},
      "invalid value 'abc' for --sha256: need a SHA-256 in hexadecimal, 64 digits",
    ],
    [
      '--docker 28.5.1',
      { ONLY_DOCKER: 'maybe' },
      "invalid value 'maybe' in ONLY_DOCKER: need 1 or 0",
    ],
    [
      '--docker 28.5.1',
      { ONLY_DOCKER: '1', ONLY_CONTAINERD: '1' },
      'ONLY_DOCKER and ONLY_CONTAINERD exclude each other',
    ],
  ])('%s %j', async (line, env, what) => {
    const error = await toolErrorOf(() => parseCommandLine(line.split(' '), env, PIPES));
    expect(error).toMatchObject({ code: 'usage', facts: { what } });
  });
});

describe('the command to repeat', () => {
  test.each([
    ['--docker 28.5.1', `--docker 28.5.1 --sha256 ${SUM} --arch x86-64 docker`],
    ['--docker 28.5.1 --arch arm64 x', `--docker 28.5.1 --sha256 ${SUM} --arch arm64 x`],
    [
      '--docker 28.5.1 --mirror https://a.example --only docker --os _any',
      `--docker 28.5.1 --only docker --mirror https://a.example --sha256 ${SUM} --os _any --arch x86-64 docker`,
    ],
    ['--docker /a/b.tgz -o /x/y.raw', `--docker b.tgz --sha256 ${SUM} --output y.raw docker`],
    [
      '--docker - --compression gzip --enable docker.service -- -x',
      `--docker - --sha256 ${SUM} --compression gzip --enable docker.service -- -x`,
    ],
  ])('%s is repeated by %s', (line, repeated) => {
    const command = repeatDocker({ ...parse(line), sha256: SUM });
    expect(command.join(' ')).toBe(`torcx2sysext ${repeated}`);
    expect(repeatDocker({ ...parse(repeated), sha256: SUM })).toEqual(command);
  });
});
