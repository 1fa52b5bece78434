import { expect, it } from 'vitest';
import { mapPaths } from '../../src/convert/path-map.ts';
import { retargetLink } from '../../src/convert/retarget-link.ts';
import { entriesOf } from '../support/entries.ts';

const ENTRIES = entriesOf({
  'bin/docker': 'x',
  'sbin/zpool': 'x',
  'usr/share/zfs/zpool': 'x',
  'wrap/tool': 'x',
  'lib/systemd/system/a.service': 'x',
});
const MANIFEST = {
  assets: { bin: ['wrap'], network: [], units: [], sysusers: [], tmpfiles: [], udev_rules: [] },
};
const MAP = mapPaths({ entries: ENTRIES, manifest: MANIFEST, name: 'zfs' });

it.each<[from: string, to: string, target: string, expected: string | undefined]>([
  ['bin/dockerd', 'usr/bin/dockerd', 'docker', 'docker'],
  ['sbin/x', 'usr/bin/x', '../bin/docker', '../bin/docker'],
  ['usr/share/y', 'usr/share/y', '../../sbin/zpool', '../bin/zpool'],
  ['x', 'usr/lib/zfs/x', 'bin/docker', '../../bin/docker'],
  ['usr/share/zfs/t', 'usr/share/zfs/t', '../../../wrap/tool', '../../bin/tool'],
  ['usr/share/zfs/d', 'usr/share/zfs/d', '../../../bin', '../../bin'],
  ['bin/a', 'usr/bin/a', '/bin/docker', '/usr/bin/docker'],
  ['bin/a', 'usr/bin/a', '/etc/alternatives/a', '/etc/alternatives/a'],
  ['bin/a', 'usr/bin/a', '/dev/null', '/dev/null'],
  ['bin/a', 'usr/bin/a', 'not-there', 'not-there'],
  ['bin/a', 'usr/bin/a', '/run/torcx/unpack/zfs/sbin/zpool', '/usr/bin/zpool'],
  ['bin/a', 'usr/bin/a', '/var/run/torcx/unpack/zfs/wrap/tool', '/usr/bin/tool'],
  ['bin/a', 'usr/bin/a', '/run/torcx/bin/tool', '/usr/bin/tool'],
  ['bin/a', 'usr/bin/a', '/run/torcx/unpack/zfs/not-there', undefined],
  ['bin/a', 'usr/bin/a', '/run/torcx/unpack/docker/bin/x', undefined],
  ['bin/a', 'usr/bin/a', '/run/torcx/profile.json', undefined],
  ['bin/a', 'usr/bin/a', '/run/systemd/system/a.service', '/usr/lib/systemd/system/a.service'],
])('the link %s → %s to %s', (from, to, target, expected) => {
  expect(retargetLink({ from, to, target, imageName: 'zfs' }, MAP)).toBe(expected);
});
