import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inBootedRoot } from './support/booted-root.ts';
import { type Conversion, convert } from './support/convert.ts';
import { makeDebianRoot } from './support/debian-root.ts';
import { fixtureArchive } from './support/inputs.ts';
import { inMergedRoot } from './support/merged-root.ts';
import { inMountedImage } from './support/mounted-image.ts';
import { requireTools } from './support/require-tools.ts';
import { untilActive } from './support/until-active.ts';
import { verifyUnits } from './support/verify-units.ts';

interface Fixture {
  readonly fixture: string;
  readonly torcxName: string;
  /** Command in the merged root → the line that it prints. */
  readonly prints: Readonly<Record<string, string>>;
  /** Drop-ins that start what Torcx started. */
  readonly enabled: readonly string[];
  /** Files of the archive in which Torcx words stay, because nothing certain can take their place. */
  readonly leftovers: readonly string[];
  /** What systemd-tmpfiles puts in place → its mode. */
  readonly installs: Readonly<Record<string, string>>;
}

// As a word of its own: lookalikes such as /run/torcx-backup are nobody's business.
const TORCX_WORDS =
  'torcx\\.target|/run/torcx/|/run/metadata/torcx|TORCX_(BINDIR|UNPACKDIR|IMAGEDIR)';

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
    leftovers: [
      // A PATH with the directory bin, whose files went to two places: bin/nested/ was flattened.
      'lib/systemd/system/every.service.d/10-environment.conf',
      'usr/share/every/settings.yaml',
      // The strings of a program, and a path that a script computes.
      'bin/every-broken',
      'usr/share/every/report.sh',
    ],
    installs: {
      '/etc/every/every.conf': '644',
      '/etc/every/default.conf': '777',
      '/var/lib/every/seed': '644',
      '/var/lib/every': '750',
    },
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
    leftovers: [],
    installs: {},
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
    leftovers: [],
    installs: { '/etc/zfs/zed.d/zed.rc': '644' },
  },
  {
    fixture: 'kubelet-style',
    torcxName: 'kubelet:v1.24.4',
    prints: { kubelet: 'Kubernetes v1.24.4', crictl: 'crictl v1.24.2' },
    enabled: [],
    leftovers: [],
    installs: { '/etc/crictl.yaml': '644' },
  },
  {
    fixture: 'no-manifest',
    torcxName: 'no-manifest',
    prints: { 'node-agent': 'node-agent 1.0', 'node-agentd': 'node-agent 1.0' },
    enabled: [],
    leftovers: ['share/doc/node-agent/README'],
    installs: { '/etc/node-agent.conf': '644' },
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
    leftovers: [],
    installs: {},
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
    leftovers: [],
    installs: { '/etc/containers/auth.json': '600', '/etc/containers/policy.json': '644' },
  },
];

const work = mkdtempSync(join(tmpdir(), 'e2e-fixtures-'));
const root = join(work, 'root');
const ready = requireTools([
  'debootstrap',
  'nsenter',
  'systemd-analyze',
  'systemd-nspawn',
  'systemd-sysext',
  'systemd-tmpfiles',
  'unshare',
]);

beforeAll(async () => {
  if (ready) await makeDebianRoot(root);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe.runIf(ready).each(FIXTURES)('$fixture', ({ fixture, torcxName, ...expected }) => {
  let converted: Conversion;

  beforeAll(async () => {
    converted = await convertFixture(fixture, torcxName);
  });

  test('its programs run in the merged root', async () => {
    const commands = Object.keys(expected.prints);
    const script = commands.map(command => `chroot "$ROOT" ${command} || true`).join('\n');
    const { status, stdout, stderr } = await inMergedRoot({
      root,
      images: [converted.image],
      script,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(commands.map(command => `${expected.prints[command]}\n`).join(''));
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
    ).toEqual(expected.enabled);
    expect(files.filter(file => /\.(wants|requires)\//.test(file))).toEqual([]);
  });

  test('no word of Torcx is left anywhere but where the report says so', async () => {
    const script = `(find . -type l -lname '*/torcx/*' -printf '%P\\n'
      grep -rlaE '${TORCX_WORDS}' . | sed 's,^./,,') | LC_ALL=C sort`;
    const { stdout } = await inMountedImage({ image: converted.image, script });
    const { mapping, findings } = converted.report;
    const left = stdout.split('\n').filter(path => path !== '');
    const origins = left.map(path => mapping.find(row => row.to === path)?.from ?? path);
    expect(origins.toSorted()).toEqual(expected.leftovers.toSorted());
    const reported = findings.filter(({ ruleId }) => ruleId === 'TX607').map(({ path }) => path);
    expect(reported).toEqual(expect.arrayContaining(origins));
  });

  test('systemd-tmpfiles puts in place what lies outside /usr', async () => {
    const paths = Object.keys(expected.installs).join(' ');
    const settings = converted.report.mapping.flatMap(
      ({ to }) => /^usr\/lib\/tmpfiles\.d\/([^/]+)$/.exec(to ?? '')?.[1] ?? [],
    );
    // Without a name, systemd-tmpfiles would apply the whole system's settings.
    if (settings.length === 0) return expect(paths).toBe('');
    const script = `cd "$ROOT"
      for path in ${paths}; do [ ! -e ".$path" ] || exit 4; done
      systemd-tmpfiles --root="$ROOT" --create ${settings.join(' ')}
      for path in ${paths}; do stat -c %a ".$path"; done`;
    const { status, stdout, stderr } = await inMergedRoot({
      root,
      images: [converted.image],
      script,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(
      Object.values(expected.installs)
        .map(mode => `${mode}\n`)
        .join(''),
    );
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

describe.runIf(ready)('booted', () => {
  test('oneshot units of the kernel module image ran once and stay active', async () => {
    const { image } = await convertFixture('kernel-module', 'zfs:2.1.5');
    const units = 'zfs.target zfs-modules.service zfs-import.service zfs-mount.service';
    const script = `${untilActive('zfs-mount.service')}
      sleep 2
      inside systemctl is-active ${units}
      inside systemctl show --property SubState --value zfs-import.service
      inside journalctl -o cat -u zfs-import.service | grep -c 'no pools available'`;
    const booted = await inBootedRoot({ root, images: [image], script });
    expect(booted).toMatchObject({ status: 0, stdout: `${'active\n'.repeat(4)}exited\n1\n` });
  });

  test.each([
    [[], 'inactive\n'],
    [['--enable', 'kubelet.service'], 'active\n'],
  ])('kubelet with the options %j', async (args, state) => {
    const { image } = await convertFixture('kubelet-style', 'kubelet:v1.24.4', args);
    const script = `${args.length > 0 ? untilActive('kubelet.service') : ''}
      inside systemctl is-active kubelet.service || true`;
    const booted = await inBootedRoot({ root, images: [image], script });
    expect(booted).toMatchObject({ status: 0, stdout: state });
  });
});

function convertFixture(
  fixture: string,
  torcxName: string,
  args: readonly string[] = [],
): Promise<Conversion> {
  const directory = mkdtempSync(join(work, `${fixture}-`));
  const archive = fixtureArchive({ fixture, torcxName, directory });
  return convert({ archive, name: torcxName.replace(/:.*/, ''), directory, args });
}

/** Paths of the unit files and drop-ins in an image, below the unit directory. */
async function unitsIn(image: string): Promise<string[]> {
  const script = `cd usr/lib/systemd/system 2> /dev/null || exit 0
    find . -type f -printf '%P\\n' | LC_ALL=C sort`;
  const { stdout } = await inMountedImage({ image, script });
  return stdout.split('\n').filter(line => line !== '');
}
