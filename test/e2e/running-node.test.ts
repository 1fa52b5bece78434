import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { convert } from './support/convert.ts';
import { debianRoot } from './support/debian-root.ts';
import { dockerArchive, fixtureArchive } from './support/inputs.ts';
import { requireTools } from './support/require-tools.ts';
import { inRunningRoot } from './support/running-root.ts';
import { untilActive } from './support/until-active.ts';

const ready = requireTools([
  'apt-get',
  'debootstrap',
  'nsenter',
  'systemd-nspawn',
  'systemd-sysext',
  'unshare',
]);

const STARTED = [
  'docker.socket',
  'containerd.service',
  'zfs.target',
  'zfs-import.service',
  'zfs-mount.service',
];

describe.runIf(ready)('a node that is running', () => {
  const work = mkdtempSync(join(tmpdir(), 'e2e-running-'));
  const images = { docker: '', zfs: '' };

  beforeAll(async () => {
    const zfs = fixtureArchive({
      fixture: 'kernel-module',
      torcxName: 'zfs:2.1.5',
      directory: work,
    });
    const archives = { docker: await dockerArchive(), zfs };
    for (const name of ['docker', 'zfs'] as const) {
      const args = ['--compression', 'zstd:1'];
      const directory = join(work, 'out');
      images[name] = (await convert({ archive: archives[name], name, directory, args })).image;
    }
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  test('gets two extensions at once, which start at once, and loses them again', async () => {
    const { status, stdout, stderr } = await inRunningRoot({
      root: await debianRoot(),
      variables: images,
      script: `
        inside sh -c 'command -v docker zfs' || echo 'nothing there'
        cp "$docker" "$zfs" "/proc/$init/root/var/lib/extensions/"
        inside systemd-sysext merge 2> /run/merge.log
        inside systemctl daemon-reload
        ${untilActive(...STARTED)}
        inside systemctl is-active ${STARTED.join(' ')}
        inside docker version --format '{{.Server.Version}}'
        # Gone from the manager first: while a target upholds a unit, whoever stops it gets it back.
        inside systemd-sysext unmerge 2>> /run/merge.log
        inside systemctl daemon-reload
        inside systemctl stop docker.socket docker.service containerd.service zfs.target
        inside systemctl is-active docker.service containerd.service zfs.target || true
        inside sh -c 'command -v docker zfs' || echo 'nothing left'
        inside systemctl list-unit-files --no-legend 'docker*' 'containerd*' 'zfs*' || true`,
      prepare: 'mkdir -p "$ROOT/var/lib/extensions"',
    });
    expect({ status, stderr, lines: stdout.trimEnd().split('\n') }).toEqual({
      status: 0,
      stderr: '',
      lines: [
        'nothing there',
        ...STARTED.map(() => 'active'),
        expect.stringMatching(/^20\.10\.24/),
        'inactive',
        'inactive',
        'inactive',
        'nothing left',
      ],
    });
  });
});
