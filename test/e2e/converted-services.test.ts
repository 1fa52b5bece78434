import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inBootedRoot } from './support/booted-root.ts';
import { convert } from './support/convert.ts';
import { makeDebianRoot } from './support/debian-root.ts';
import { flatcarParts } from './support/flatcar-parts.ts';
import { requireTools } from './support/require-tools.ts';
import { inRunningRoot } from './support/running-root.ts';
import { torcxArchive } from './support/torcx-archive.ts';
import { untilActive } from './support/until-active.ts';

const UNITS = 'lib/systemd/system';
const SEALED = '[Unit]\nRequires=torcx.target\nAfter=torcx.target\n';

/** Appends its name to a log, so that each run of it can be counted. */
const logging = (name: string) =>
  `#!/bin/sh\nmkdir -p /var/log/ran\necho run >> /var/log/ran/${name}\n`;
const link = (linkName: string) => ({ type: '2', linkName });

const work = mkdtempSync(join(tmpdir(), 'e2e-services-'));
const root = join(work, 'root');
const ready = requireTools([
  'debootstrap',
  'nsenter',
  'systemd-nspawn',
  'systemd-sysext',
  'systemd-tmpfiles',
  'unshare',
]);

beforeAll(async () => {
  if (ready) await makeDebianRoot(root);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe.runIf(ready)('services that end by themselves', () => {
  const tree = {
    'bin/once': logging('once'),
    'bin/job': logging('job'),
    [`${UNITS}/once.service`]: `${SEALED}[Service]\nEnvironmentFile=/run/metadata/torcx\nExecStart=\${TORCX_BINDIR}/once\n`,
    [`${UNITS}/job.service`]: `${SEALED}[Service]\nType=oneshot\nExecStart=/run/torcx/bin/job\n`,
    [`${UNITS}/job.timer`]: '[Timer]\nOnActiveSec=2\nOnUnitInactiveSec=1\nAccuracySec=100ms\n',
    [`${UNITS}/multi-user.target.wants/once.service`]: link('../once.service'),
    [`${UNITS}/multi-user.target.wants/job.service`]: link('../job.service'),
    [`${UNITS}/multi-user.target.wants/absent.service`]: link('../absent.service'),
    [`${UNITS}/timers.target.wants/job.timer`]: link('../job.timer'),
  };
  const manifest = {
    bin: ['/bin/once', '/bin/job'],
    units: Object.keys(tree)
      .filter(path => path.startsWith(UNITS))
      .map(path => `/${path.replace(/(?<=\.wants)\/.*/, '')}`),
  };

  test('run once at boot, or as often as a timer says, and nothing fails', async () => {
    const archive = torcxArchive({ torcxName: 'jobs:1', directory: work, tree, manifest });
    const { image, report } = await convert({ archive, name: 'jobs', directory: work });
    expect(report.findings.map(({ ruleId, path }) => `${ruleId} ${path}`)).toEqual(
      expect.arrayContaining([
        `TX610 ${UNITS}/multi-user.target.wants/absent.service`,
        `TX613 usr/${UNITS}/job.service`,
        `TX613 usr/${UNITS}/once.service`,
      ]),
    );
    const script = `for _ in $(seq 150); do
        [ "$(inside grep -c run /var/log/ran/job 2> /dev/null)" -ge 3 ] 2> /dev/null && break
        sleep 0.1
      done
      inside systemctl is-active once.service job.at-boot.target job.timer
      inside cat /var/log/ran/once
      inside systemctl --failed --plain --no-legend
      inside grep -c run /var/log/ran/job | grep -qxE '[3-9]' && echo again`;
    const booted = await inBootedRoot({ root, images: [image], script });
    expect(booted).toMatchObject({ status: 0, stdout: 'active\nactive\nactive\nrun\nagain\n' });
  });
});

describe.runIf(ready)('what lies outside /usr', () => {
  test('has the modes of the image where nothing was, and keeps them where something is', async () => {
    const directory = (mode: number) => ({ type: '5', mode });
    const tree = {
      'etc/vendor/': directory(0o700),
      'etc/vendor/key': { data: 'secret', mode: 0o600 },
      'etc/vendor/deep/': directory(0o750),
      'etc/vendor/deep/a': 'a',
      'var/lib/vendor/': directory(0o1777),
      'var/lib/there/': directory(0o700),
      'var/lib/own/': directory(0o700),
      'usr/lib/tmpfiles.d/vendor.conf': 'd /var/lib/own 0751 - - -\n',
    };
    const archive = torcxArchive({ torcxName: 'vendor:1', directory: work, tree, manifest: {} });
    const { image } = await convert({ archive, name: 'vendor', directory: work });
    const paths = ['etc/vendor', 'etc/vendor/key', 'etc/vendor/deep', 'etc/vendor/deep/a'];
    const state = ['var/lib/vendor', 'var/lib/there', 'var/lib/own'];
    const script = `inside stat -c '%a %n' ${[...paths, ...state].map(path => `/${path}`).join(' ')}`;
    mkdirSync(join(root, 'var/lib/there'));
    chmodSync(join(root, 'var/lib/there'), 0o711);
    const booted = await inBootedRoot({ root, images: [image], script });
    expect(booted.stdout.split('\n')).toEqual([
      '700 /etc/vendor',
      '600 /etc/vendor/key',
      '750 /etc/vendor/deep',
      '644 /etc/vendor/deep/a',
      '1777 /var/lib/vendor',
      '711 /var/lib/there',
      '751 /var/lib/own',
      '',
    ]);
  });
});

describe.runIf(ready)('a unit that is to come before local-fs.target', () => {
  const tree = {
    [`${UNITS}/early.service`]: `${SEALED}DefaultDependencies=no\nBefore=local-fs.target\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n`,
    [`${UNITS}/multi-user.target.wants/early.service`]: link('../early.service'),
  };
  const manifest = {
    units: [`/${UNITS}/early.service`, `/${UNITS}/multi-user.target.wants`],
  };

  test('comes after it where a node merges the extension at boot, as the report says', async () => {
    const archive = torcxArchive({ torcxName: 'early:1', directory: work, tree, manifest });
    const { image, report } = await convert({ archive, name: 'early', directory: work });
    expect(report.findings).toMatchObject([
      { ruleId: 'TX606' },
      { ruleId: 'TX615', message: expect.stringContaining('before local-fs.target') },
    ]);
    const booted = await inRunningRoot({
      root,
      variables: { IMAGE: image },
      prepare: `${await flatcarParts(mkdtempSync(join(work, 'parts-')))}
        cp "$IMAGE" "$ROOT/etc/extensions/"`,
      script: `${untilActive('early.service')}
        entered() { inside systemctl show --property ActiveEnterTimestampMonotonic --value "$1"; }
        early=$(entered early.service)
        [ "$early" -gt 0 ] && [ "$early" -gt "$(entered local-fs.target)" ] && echo later`,
    });
    expect(booted).toMatchObject({ status: 0, stdout: 'later\n' });
  });
});

describe.runIf(ready)('a node that merges the extension at boot', () => {
  const TARGETS = [
    'basic',
    'default',
    'getty',
    'local-fs',
    'multi-user',
    'paths',
    'sysinit',
    'timers',
  ];

  test('starts what each target starts that is reached', async () => {
    const service = '[Service]\nExecStart=/bin/sleep infinity\n';
    const units = TARGETS.map(target => `by-${target}.service`);
    const tree = Object.fromEntries(
      TARGETS.flatMap(target => [
        [`${UNITS}/by-${target}.service`, service],
        [`${UNITS}/${target}.target.wants/by-${target}.service`, link(`../by-${target}.service`)],
      ]),
    );
    const listed = [...units, ...TARGETS.map(target => `${target}.target.wants`)];
    const manifest = { units: listed.map(path => `/${UNITS}/${path}`) };
    const archive = torcxArchive({ torcxName: 'targets:1', directory: work, tree, manifest });
    const { image } = await convert({ archive, name: 'targets', directory: work });
    const booted = await inRunningRoot({
      root,
      variables: { IMAGE: image },
      prepare: `${await flatcarParts(mkdtempSync(join(work, 'parts-')))}
        cp "$IMAGE" "$ROOT/etc/extensions/"`,
      script: `${untilActive(...units)}
        inside systemctl is-active ${units.join(' ')}`,
    });
    expect(booted).toMatchObject({ status: 0, stdout: 'active\n'.repeat(TARGETS.length) });
  });
});
