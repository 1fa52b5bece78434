import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Conversion, convert } from './support/convert.ts';
import { makeDebianRoot } from './support/debian-root.ts';
import { fixtureArchive } from './support/inputs.ts';
import { inMergedRoot } from './support/merged-root.ts';
import { inMountedImage } from './support/mounted-image.ts';
import { requireTools } from './support/require-tools.ts';
import { verifyUnits } from './support/verify-units.ts';

interface Fixture {
  readonly fixture: string;
  readonly torcxName: string;
  /** Command in the merged root → the line that it prints. */
  readonly prints: Readonly<Record<string, string>>;
  /** Drop-ins that start what Torcx started. */
  readonly enabled: readonly string[];
}

const FIXTURES: readonly Fixture[] = [
  {
    fixture: 'everything',
    torcxName: 'everything:1.0',
    prints: {
      every: 'one of everything',
      'every-early': 'one of everything',
      'every-late': 'one of everything',
      'every-ping': 'pong',
      'every-mount': 'mounted',
      'every-nested': 'nested',
      'every-helper': 'helped',
      '/usr/share/every/tool': 'one of everything',
      '/usr/share/every/tool-at-run-time': 'one of everything',
    },
    enabled: [
      'every.target.d/10-every-helper-service.conf',
      'every.target.d/10-every-path.conf',
      'multi-user.target.d/10-every-service.conf',
      'multi-user.target.d/10-every-setup-service.conf',
      'multi-user.target.d/10-every-target.conf',
      'multi-user.target.d/10-every@blue-service.conf',
      'sockets.target.d/10-every-socket.conf',
      'timers.target.d/10-every-timer.conf',
    ],
  },
  {
    fixture: 'flatcar-style',
    torcxName: 'docker:20.10',
    prints: {
      docker: 'docker 20.10',
      'docker-init': 'tini 20.10',
      'docker-proxy': 'docker-proxy 20.10',
      dockerd: 'dockerd 20.10',
    },
    enabled: [
      'multi-user.target.d/10-containerd-service.conf',
      'sockets.target.d/10-docker-socket.conf',
    ],
  },
  {
    fixture: 'kernel-module',
    torcxName: 'zfs:2.1.5',
    prints: {
      'zpool import': 'zpool: no pools available to import',
      zfs: 'zfs: no datasets available',
      'mount.zfs': 'mount.zfs',
    },
    enabled: [
      'multi-user.target.d/10-zfs-target.conf',
      'zfs.target.d/10-zfs-import-service.conf',
      'zfs.target.d/10-zfs-modules-service.conf',
      'zfs.target.d/10-zfs-mount-service.conf',
    ],
  },
  {
    fixture: 'kubelet-style',
    torcxName: 'kubelet:v1.24.4',
    prints: { kubelet: 'Kubernetes v1.24.4', crictl: 'crictl v1.24.2' },
    enabled: [],
  },
  {
    fixture: 'no-manifest',
    torcxName: 'no-manifest',
    prints: { 'node-agent': 'node-agent 1.0', 'node-agentd': 'node-agent 1.0' },
    enabled: [],
  },
  {
    fixture: 'odd-directories',
    torcxName: 'odd-directories:1',
    prints: {
      alpha: 'alpha',
      beta: 'beta',
      delta: 'alpha',
      gamma: 'first report',
      report: 'first report',
    },
    enabled: [],
  },
  {
    fixture: 'podman-style',
    torcxName: 'podman:4.1.1',
    prints: {
      podman: 'podman version 4.1.1',
      docker: 'podman version 4.1.1',
      '/usr/libexec/podman/conmon': 'conmon version 2.1.2',
      '/opt/cni/bin/bridge': 'CNI bridge plugin',
    },
    enabled: [],
  },
];

const work = mkdtempSync(join(tmpdir(), 'e2e-fixtures-'));
const root = join(work, 'root');
const ready = requireTools(['debootstrap', 'systemd-analyze', 'systemd-sysext', 'unshare']);

beforeAll(async () => {
  if (ready) await makeDebianRoot(root);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe.runIf(ready).each(FIXTURES)('$fixture', ({ fixture, torcxName, prints, enabled }) => {
  let converted: Conversion;

  beforeAll(async () => {
    converted = await convertFixture(fixture, torcxName);
  });

  test('its programs run in the merged root', async () => {
    const commands = Object.keys(prints);
    const script = commands.map(command => `chroot "$ROOT" ${command} || true`).join('\n');
    const { status, stdout } = await inMergedRoot({ root, images: [converted.image], script });
    expect(status).toBe(0);
    expect(stdout).toBe(commands.map(command => `${prints[command]}\n`).join(''));
  });

  test('systemd has nothing to say against its units', async () => {
    const units = (await unitsIn(converted.image)).filter(unit => !unit.includes('/'));
    if (units.length === 0) return expect(fixture).toMatch(/^(odd-directories|podman-style)$/);
    expect(await verifyUnits({ root, images: [converted.image], units })).toBe('');
  });

  test('exactly what Torcx started gets started', async () => {
    const files = await unitsIn(converted.image);
    expect(
      files.filter(file => /\.d\/10-.*\.conf$/.test(file) && file.includes('.target.d/')),
    ).toEqual(enabled);
    expect(files.filter(file => /\.(wants|requires)\//.test(file))).toEqual([]);
  });

  test('no word of Torcx is left in any unit', async () => {
    const words = 'torcx\\.target|/run/torcx|/run/metadata/torcx|TORCX_';
    const script = `grep -rnE '${words}' usr/lib/systemd || true`;
    const { stdout } = await inMountedImage({ image: converted.image, script });
    expect(stdout).toBe('');
  });
});

describe.runIf(ready)('arm64', () => {
  test('the extension is for its machine only, and this one leaves it out', async () => {
    const { image, report } = await convertFixture('arm64', 'edge:1.0');
    expect(report.output.extensionRelease.fields).toMatchObject({ ARCHITECTURE: 'arm64' });
    const merged = await inMergedRoot({ root, images: [image], script: 'true' });
    expect(merged.status).toBe(91);
    expect(merged.stderr).toContain('did not merge edge');
  });
});

function convertFixture(fixture: string, torcxName: string): Promise<Conversion> {
  const directory = join(work, fixture);
  const archive = fixtureArchive({ fixture, torcxName, directory });
  const name = torcxName.replace(/:.*/, '');
  return convert({ archive, name, directory });
}

/** Paths of the unit files and drop-ins in an image, below the unit directory. */
async function unitsIn(image: string): Promise<string[]> {
  const script = `cd usr/lib/systemd/system 2> /dev/null || exit 0
    find . -type f -printf '%P\\n' | LC_ALL=C sort`;
  const { stdout } = await inMountedImage({ image, script });
  return stdout.split('\n').filter(line => line !== '');
}
