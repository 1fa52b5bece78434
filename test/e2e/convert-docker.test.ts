import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inBootedRoot } from './support/booted-root.ts';
import { containerScript } from './support/container-script.ts';
import { type Conversion, convert } from './support/convert.ts';
import { makeDebianRoot } from './support/debian-root.ts';
import { dockerArchive } from './support/inputs.ts';
import { inMergedRoot } from './support/merged-root.ts';
import { HASH_FILES, inMountedImage, LIST_ENTRIES } from './support/mounted-image.ts';
import { requireTools } from './support/require-tools.ts';
import { runChecked, runCommand } from './support/run-command.ts';
import { verifyUnits } from './support/verify-units.ts';

const UNITS = ['containerd.service', 'docker.service', 'docker.socket'];
const CREATED = [
  'usr/lib/extension-release.d/extension-release.docker',
  'usr/lib/systemd/system/multi-user.target.d/10-containerd-service.conf',
  'usr/lib/systemd/system/sockets.target.d/10-docker-socket.conf',
];

const ready = requireTools([
  '7z',
  'apt-get',
  'debootstrap',
  'nsenter',
  'rdsquashfs',
  'systemd-analyze',
  'systemd-nspawn',
  'systemd-sysext',
  'unshare',
  'unsquashfs',
]);

describe.runIf(ready)('the Torcx image of Docker 20.10', () => {
  const work = mkdtempSync(join(tmpdir(), 'e2e-docker-'));
  const root = join(work, 'root');
  let archive: string;
  let original: Conversion;

  beforeAll(async () => {
    archive = await dockerArchive();
    await makeDebianRoot(root);
    original = await convert({ archive, name: 'docker', directory: join(work, 'out') });
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  test('the command says what it wrote, and nothing else', () => {
    const { stdout } = original.result;
    const written = ['docker.raw', 'docker.report.md', 'docker.report.json'];
    expect(stdout).toBe(written.map(name => `wrote ${join(work, 'out', name)}\n`).join(''));
  });

  test('every file reaches the mounted image unchanged, except those that the report names', async () => {
    const before = await hashesOfArchive(join(work, 'archive'));
    const mounted = await inMountedImage({ image: original.image, script: HASH_FILES });
    expect(mounted).toMatchObject({ status: 0, stderr: '' });
    const after = parseHashes(mounted.stdout);

    const { mapping } = original.report;
    const moved = mapping.filter(row => before.has(row.from ?? '') && row.to !== null);
    for (const { from, to, action } of moved) {
      const same = before.get(from ?? '') === after.get(to ?? '');
      expect({ from, to, same }).toEqual({ from, to, same: action === 'copy' });
    }
    const created = mapping.filter(row => row.action === 'create').map(row => row.to);
    expect(created.filter(path => after.has(path ?? ''))).toEqual(CREATED);
    const expected = [...moved.map(row => row.to), ...CREATED].sort();
    expect([...after.keys()].sort()).toEqual(expected);
    const dropped = original.report.dropped.map(row => row.path);
    const unaccounted = [...before.keys()].filter(
      path => !moved.some(row => row.from === path) && !dropped.includes(path),
    );
    expect(unaccounted).toEqual([]);
    expect(moved.filter(row => row.action === 'rewrite').map(row => row.to)).toEqual(
      UNITS.map(unit => `usr/lib/systemd/system/${unit}`),
    );
  });

  test('everything in the mounted image belongs to root, and programs can be run', async () => {
    const { stdout } = await inMountedImage({ image: original.image, script: LIST_ENTRIES });
    const entries = stdout
      .trimEnd()
      .split('\n')
      .map(line => line.split('\t'));
    expect(entries.filter(([, , , owner]) => owner !== '0:0')).toEqual([]);
    expect(entries.filter(([, kind, mode]) => kind === 'd' && mode !== '755')).toEqual([]);
    const programs = entries.filter(([path, kind]) => path?.startsWith('usr/bin/') && kind === 'f');
    expect(programs.map(([, , mode]) => mode)).toEqual(programs.map(() => '755'));
    expect(programs).toHaveLength(10);
  });

  test.each([
    ['unsquashfs', (to: string) => ['-q', '-n', '-d', to]],
    ['rdsquashfs', (to: string) => ['-q', '-u', '/', '-p', to]],
  ] as const)('%s unpacks the same files as the kernel shows', async (reader, args) => {
    const directory = join(work, reader);
    if (reader === 'rdsquashfs') mkdirSync(directory);
    await runChecked(reader, [...args(directory), original.image]);
    const kernel = await inMountedImage({ image: original.image, script: HASH_FILES });
    expect(await runChecked('bash', ['-c', HASH_FILES], { cwd: directory })).toBe(kernel.stdout);
  });

  test('7-Zip finds the image whole', async () => {
    expect(await runChecked('7z', ['t', original.image])).toContain('Everything is Ok');
  });

  test('its programs run in the merged root', async () => {
    const script = 'chroot "$ROOT" docker --version; chroot "$ROOT" containerd --version';
    const { status, stdout, stderr } = await inMergedRoot({
      root,
      images: [original.image],
      script,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^Docker version 20\.10\.24.*\n.*containerd.* 1\.6\.20/);
  });

  test('systemd has nothing to say against its units', async () => {
    const units = [...UNITS, 'multi-user.target', 'sockets.target'];
    expect(await verifyUnits({ root, images: [original.image], units })).toBe('');
  });

  test('no word of Torcx is left in any unit', async () => {
    const words = 'torcx\\.target|/run/torcx|/run/metadata/torcx|TORCX_';
    const script = `grep -rlE '${words}' usr/lib/systemd || echo none`;
    const { stdout } = await inMountedImage({ image: original.image, script });
    expect(stdout).toBe('none\n');
  });

  test('it boots: what Torcx started is active, the daemon answers on its socket, a container runs', async () => {
    const script = `
      inside systemctl is-active docker.socket containerd.service
      inside docker version --format '{{.Server.Version}}'
      inside systemctl is-active docker.service
      ${containerScript(work)}`;
    const { status, stdout, stderr } = await inBootedRoot({
      root,
      images: [original.image],
      script,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const answers = /^active\nactive\n20\.10\.24.*\nactive\nhello from a container\n$/;
    expect(stdout).toMatch(answers);
  });

  test.each([
    ['one worker', ['--jobs', '1'], { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8' }],
    ['eight workers', ['--jobs', '8'], { TZ: 'America/Los_Angeles', HOME: '/nonexistent' }],
  ])('%s, another directory and time zone: the same bytes', async (name, args, env) => {
    const directory = join(work, `again ${name}`);
    const again = await convert({ archive, name: 'docker', directory, args, env });
    const identical = readFileSync(again.image).equals(readFileSync(original.image));
    expect(identical).toBe(true);
    expect(again.report).toEqual(original.report);
    expect(again.markdown).toBe(original.markdown);
  });

  async function hashesOfArchive(directory: string): Promise<ReadonlyMap<string, string>> {
    mkdirSync(directory);
    await runChecked('tar', ['--force-local', '-xf', archive, '-C', directory]);
    return parseHashes((await runCommand('bash', ['-c', HASH_FILES], { cwd: directory })).stdout);
  }
});

/** Path → sha256, from sha256sum's output. */
function parseHashes(text: string): ReadonlyMap<string, string> {
  const lines = text.trimEnd().split('\n');
  return new Map(lines.map(line => [line.slice(66), line.slice(0, 64)]));
}
