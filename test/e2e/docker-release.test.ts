import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inBootedRoot } from './support/booted-root.ts';
import { containerScript } from './support/container-script.ts';
import { CLI } from './support/convert.ts';
import { makeDebianRoot } from './support/debian-root.ts';
import { dockerRelease } from './support/inputs.ts';
import { inMountedImage } from './support/mounted-image.ts';
import { requireTools } from './support/require-tools.ts';
import { runChecked } from './support/run-command.ts';
import { verifyUnits } from './support/verify-units.ts';

const ready = requireTools([
  'apt-get',
  'debootstrap',
  'nsenter',
  'systemd-analyze',
  'systemd-nspawn',
  'systemd-sysext',
  'unshare',
]);

describe.runIf(ready)("an image of Docker's release", () => {
  const work = mkdtempSync(join(tmpdir(), 'e2e-docker-release-'));
  const root = join(work, 'root');
  const image = (name: string) => join(work, `${name}.raw`);
  const parts = [image('docker'), image('containerd')];
  let archive: string;

  beforeAll(async () => {
    archive = await dockerRelease();
    await makeDebianRoot(root);
    // The group that the socket belongs to has to come with the image.
    await runChecked('chroot', [root, 'groupdel', 'docker']);
    await make('both');
    await make('docker', '--only', 'docker');
    await make('containerd', '--only', 'containerd');
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  /** With the built command, as a user does. */
  async function make(name: string, ...args: readonly string[]): Promise<void> {
    const quick = ['--compression', 'zstd:1', '--no-report', '--output', image(name)];
    const options = ['--docker', archive, ...quick, ...args, name];
    await runChecked(process.execPath, [CLI, ...options]);
  }

  const BOOTED = `
    inside systemctl is-active docker.socket containerd.service
    inside docker version --format '{{.Server.Version}}'
    inside systemctl is-active docker.service
    inside stat --format %G:%a /run/docker.sock
    inside ctr --namespace moby version | grep -c Version:
    ${containerScript(work)}
    inside systemctl --failed --no-legend`;
  const ANSWERS = /^active\nactive\n20\.10\.24.*\nactive\ndocker:660\n2\nhello from a container\n$/;

  test.each([
    ['both parts in one', [image('both')]],
    ['Docker alone and containerd alone, merged together', parts],
  ])('%s: the daemon answers after a real boot', async (_, images) => {
    const { status, stdout, stderr } = await inBootedRoot({ root, images, script: BOOTED });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(ANSWERS);
  });

  test('containerd alone serves others, and reads its configuration', async () => {
    const script = `
      inside systemctl is-active containerd.service
      inside containerd --config /usr/share/containerd/config.toml config dump | grep SystemdCgroup
      inside containerd --config /usr/share/containerd/config-cgroupfs.toml config dump | grep SystemdCgroup
      inside readlink -f /run/docker/libcontainerd/docker-containerd.sock
      inside systemctl --failed --no-legend`;
    const { status, stdout } = await inBootedRoot({ root, images: [image('containerd')], script });
    const lines = stdout.split('\n').map(line => line.trim());
    expect({ status, lines }).toEqual({
      status: 0,
      lines: [
        'active',
        'SystemdCgroup = true',
        'SystemdCgroup = false',
        '/run/containerd/containerd.sock',
        '',
      ],
    });
  });

  test('the two parts have no file in common, and hold what one image of both does', async () => {
    const both = await filesOf('both');
    const docker = await filesOf('docker');
    const containerd = await filesOf('containerd');
    expect(docker.filter(path => containerd.includes(path))).toEqual([]);
    expect([...docker, ...containerd].sort()).toEqual(both);
  });

  /** Without those that are called after the extension. */
  async function filesOf(name: string): Promise<string[]> {
    const script = `find . -type f -printf '%P\\n'`;
    const { stdout } = await inMountedImage({ image: image(name), script });
    const isOwn = (path: string) => path === '' || /extension-release|-setup[.-]service/.test(path);
    return stdout
      .split('\n')
      .filter(path => !isOwn(path))
      .sort();
  }

  test('systemd has nothing to say against the units', async () => {
    const units = ['containerd.service', 'docker.service', 'docker.socket', 'both-setup.service'];
    const targets = ['multi-user.target', 'sockets.target'];
    const images = [image('both')];
    expect(await verifyUnits({ root, images, units: [...units, ...targets] })).toBe('');
  });

  test('the same bytes with another number of threads', async () => {
    const before = readFileSync(image('containerd'));
    await make('containerd', '--only', 'containerd', '--jobs', '3', '--force');
    expect(readFileSync(image('containerd')).equals(before)).toBe(true);
  });
});
