import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseCommandLine } from '../../src/command-line/options.ts';
import { convertCommand } from '../../src/commands/convert-command.ts';
import { dockerCommand } from '../../src/commands/docker-command.ts';
import { ensureSysextCommand } from '../../src/commands/ensure-sysext-command.ts';
import { toolErrorOf } from '../support/catch-error.ts';
import { releaseArchive } from '../support/docker-release.ts';
import { fakeIo } from '../support/fake-io.ts';

const NO_TERMINAL = { stdin: false, stdout: false, stderr: false };
const FLATCAR = 'fixtures/images/flatcar-style.torcx.tgz';
const KUBELET = 'fixtures/images/kubelet-style.torcx.tgz';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'node-configs-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const at = (name: string) => join(directory, name);
const textOf = (name: string) => readFileSync(at(name), 'utf8');

async function run(...args: readonly string[]) {
  const argv = ['--jobs', '1', '--no-report', '--output', `${directory}/`, ...args];
  const options = parseCommandLine(argv, {}, NO_TERMINAL);
  const io = fakeIo();
  if (options.mode === 'convert') await convertCommand(options, io);
  else if (options.mode === 'docker') await dockerCommand(options, io);
  else throw new Error(`parsed as ${options.mode}`);
  return io.said;
}

const both = () => ['--butane', at('node.bu'), '--ignition', at('node.ign')];
const URL = ['--image-url', 'https://images.example/a/'];

interface Config {
  readonly storage: {
    readonly files: {
      path: string;
      contents: { source: string; verification?: { hash: string } };
    }[];
    readonly links: { path: string; target: string; overwrite: boolean }[];
  };
  readonly systemd?: { readonly units: { name: string; enabled?: boolean; contents?: string }[] };
}

function ignition(): Config {
  return JSON.parse(textOf('node.ign'));
}

const linksOf = ({ storage }: Config) => storage.links.map(({ path, target }) => [path, target]);
const unitsOf = ({ systemd }: Config) => systemd?.units.map(({ name }) => name) ?? [];

describe('what is written beside the image', () => {
  test('both forms, with the checksum of the image that was made', async () => {
    const { stdout } = await run(FLATCAR, 'docker', ...both(), ...URL);
    const names = ['docker.raw', 'node.bu', 'node.ign'];
    expect(stdout).toBe(names.map(name => `wrote ${at(name)}\n`).join(''));
    const sum = createHash('sha256')
      .update(readFileSync(at('docker.raw')))
      .digest('hex');
    expect(ignition().storage.files).toEqual([
      {
        path: '/opt/extensions/docker/docker.raw',
        mode: 0o644,
        contents: {
          source: 'https://images.example/a/docker.raw',
          verification: { hash: `sha256-${sum}` },
        },
      },
    ]);
    expect(linksOf(ignition())).toEqual([
      ['/etc/extensions/docker.raw', '/opt/extensions/docker/docker.raw'],
      ['/etc/extensions/docker-flatcar.raw', '/dev/null'],
      ['/etc/extensions/containerd-flatcar.raw', '/dev/null'],
    ]);
    const butane = parse(textOf('node.bu'), { version: '1.1' });
    expect(butane).toEqual({ variant: 'flatcar', version: '1.0.0', storage: ignition().storage });
  });

  test('a part of Docker masks that part', async () => {
    writeFileSync(at('docker-28.tgz'), releaseArchive());
    const only = ['--docker', at('docker-28.tgz'), '--only', 'containerd'];
    await run(...only, ...both(), '--image-url', 's3://bucket/other-name.raw?versionId=1');
    const [file] = ignition().storage.files;
    expect(file?.path).toBe('/opt/extensions/containerd/containerd.raw');
    expect(file?.contents.source).toBe('s3://bucket/other-name.raw?versionId=1');
    expect(linksOf(ignition()).slice(1)).toEqual([
      ['/etc/extensions/containerd-flatcar.raw', '/dev/null'],
    ]);
  });

  test('Torcx is masked for a release that has it, where its Docker is replaced', async () => {
    const mask = ['/etc/systemd/system-generators/torcx-generator', '/dev/null'];
    await run(FLATCAR, 'docker', ...both(), ...URL, '--target-version', '3510.2');
    expect(linksOf(ignition())).toContainEqual(mask);
    await run(FLATCAR, 'docker', ...both(), ...URL, '--target-version', '3794', '--force');
    expect(linksOf(ignition())).not.toContainEqual(mask);
    await run(KUBELET, 'kubelet', ...both(), ...URL, '--target-version', '3510', '--force');
    expect(linksOf(ignition())).not.toContainEqual(mask);
  });

  test('updates: the address is that of the updates, and the transfer files come along', async () => {
    const update = ['--sysupdate', 'https://images.example/u', '--image-version', '20.10.24'];
    await run(FLATCAR, 'docker', ...both(), ...update);
    const [image, conf, transfer] = ignition().storage.files;
    expect(image?.path).toMatch(/^\/opt\/extensions\/docker\/docker-20\.10\.24.*\.raw$/);
    expect(image?.contents.source).toMatch(/^https:\/\/images\.example\/u\/docker-20\.10\.24/);
    expect(conf?.path).toBe('/etc/sysupdate.docker.d/docker.conf');
    expect(transfer?.path).toBe('/etc/sysupdate.docker.d/docker.transfer');
    const inline = decodeURIComponent(conf?.contents.source.replace('data:,', '') ?? '');
    expect(inline).toBe(textOf('docker.conf'));
    expect(unitsOf(ignition())).toEqual(['docker-update.service', 'docker-update.timer']);
  });

  test('a transfer file that somebody has changed comes along as it is', async () => {
    const update = ['--sysupdate', 'https://images.example/u/', '--image-version', '1'];
    writeFileSync(at('docker.conf'), '# mine\n');
    await run(FLATCAR, 'docker', ...both(), ...update);
    const texts = ignition().storage.files.map(({ contents }) => contents.source);
    expect(texts[1]).toBe(`data:,${encodeURIComponent('# mine\n')}`);
    expect(texts[2]).toBe(`data:,${encodeURIComponent(textOf('docker.transfer'))}`);
  });

  test('other distributions get the unit that starts what extensions bring', async () => {
    await run(KUBELET, 'kubelet', ...both(), ...URL, '--os', 'fedora');
    expect(parse(textOf('node.bu')).variant).toBe('fcos');
    expect(unitsOf(ignition())).toEqual(['systemd-sysext.service', 'ensure-sysext.service']);
    const printed = parseCommandLine(['--ensure-sysext'], {}, NO_TERMINAL);
    if (printed.mode !== 'ensure-sysext') throw new Error(printed.mode);
    const io = fakeIo();
    expect(await ensureSysextCommand(printed, io)).toBe(0);
    expect(ignition().systemd?.units[1]?.contents).toBe(io.said.stdout);
  });

  test('nothing, when one of them exists', async () => {
    writeFileSync(at('node.ign'), 'mine');
    const error = await toolErrorOf(() => run(FLATCAR, 'docker', ...both(), ...URL));
    expect(error).toMatchObject({ code: 'output-exists', facts: { path: at('node.ign') } });
    expect(readdirSync(directory)).toEqual(['node.ign']);
    await run(FLATCAR, 'docker', ...both(), ...URL, '--force');
    expect(ignition().storage.files).toHaveLength(1);
  });

  test('nothing in a dry run', async () => {
    await run(FLATCAR, 'docker', ...both(), ...URL, '--dry-run');
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe('what makes no sense', () => {
  test.each([
    [['--butane', 'a.bu', 'a.tgz'], '--butane needs --image-url: where nodes get the image from'],
    [
      ['--ignition', 'a.ign', 'a.tgz'],
      '--ignition needs --image-url: where nodes get the image from',
    ],
    [
      ['--ignition', 'a', '--sysupdate', 'file:///srv/', '--image-version', '1', 'a.tgz'],
      '--ignition needs --image-url: where nodes get the image from',
    ],
    [[...URL, 'a.tgz'], '--image-url needs --butane or --ignition'],
    [['--butane', 'a', '--ignition', 'a', ...URL, 'a.tgz'], "--butane and --ignition are both 'a'"],
    [
      ['--butane', 'a', ...URL, '--image-format', 'directory', 'a.tgz'],
      '--butane is for image files; --image-format directory makes none',
    ],
    [
      ['--butane', 'a', '--image-url', 'file:///x', 'a.tgz'],
      "invalid value 'file:///x' for --image-url: need an http, https, s3, gs or tftp address with a path",
    ],
    [
      ['--butane', 'a', ...URL, '--target-version', '3033', 'a.tgz'],
      'Flatcar 3033.0.0 has no extensions: 3185 is the first with them',
    ],
    [['--target-version', '3510', 'a.tgz'], '--target-version needs --check'],
    [['--inspect', '--butane', 'a', 'a.tgz'], '--butane has no effect with --inspect'],
    [['--check', '--butane', 'a'], '--butane has no effect with --check'],
    [['--ensure-sysext', 'a.tgz'], "unexpected argument 'a.tgz'"],
    [
      ['--ensure-sysext', '--format', 'json'],
      '--ensure-sysext prints a unit, which --format json cannot hold',
    ],
  ])('%j', async (args, what) => {
    const error = await toolErrorOf(() => parseCommandLine(args, {}, NO_TERMINAL));
    expect(error).toMatchObject({ code: 'usage', facts: { what } });
  });
});
