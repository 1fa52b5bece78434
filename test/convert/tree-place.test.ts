import { expect, test } from 'vitest';
import { treePlace } from '../../src/convert/tree-place.ts';

test.each<[path: string, to: string | null, copiedTo?: string]>([
  ['.torcx/manifest.json', null],
  ['bin', 'usr/bin'],
  ['bin/a', 'usr/bin/a'],
  ['binary/a', 'usr/lib/ext/binary/a'],
  ['sbin/a', 'usr/bin/a'],
  ['usr/sbin', 'usr/bin'],
  ['usr/sbin/a', 'usr/bin/a'],
  ['usr/sbin2/a', 'usr/sbin2/a'],
  ['lib/a', 'usr/lib/a'],
  ['lib32/a', 'usr/lib32/a'],
  ['lib64/a', 'usr/lib64/a'],
  ['libx32/a', 'usr/libx32/a'],
  ['include/a.h', 'usr/include/a.h'],
  ['libexec/a', 'usr/libexec/a'],
  ['share/a', 'usr/share/a'],
  ['opt/a', 'opt/a'],
  ['usr/local/a', 'usr/local/a'],
  ['usr/lib/os-release', null],
  ['lib/os-release', null],
  ['etc/os-release', null],
  ['etc/modprobe.d/a.conf', 'usr/lib/modprobe.d/a.conf'],
  ['etc/systemd/system/a.service', 'usr/lib/systemd/system/a.service'],
  ['etc/udev/rules.d/a.rules', 'usr/lib/udev/rules.d/a.rules'],
  ['etc/systemd/system.conf', 'usr/share/ext/etc/systemd/system.conf', '/etc/systemd/system.conf'],
  ['etc/a', 'usr/share/ext/etc/a', '/etc/a'],
  ['var/lib/a', 'usr/share/ext/var/lib/a', '/var/lib/a'],
  ['srv/a', 'usr/share/ext/srv/a', '/srv/a'],
  ['root/a', 'usr/share/ext/root/a', '/root/a'],
  ['home/a', 'usr/share/ext/home/a', '/home/a'],
  ['run/a', 'usr/share/ext/run/a', '/run/a'],
  ['dev/a', 'usr/lib/ext/dev/a'],
  ['README', 'usr/lib/ext/README'],
])('%s goes to %s', (path, to, copiedTo) => {
  const { because, ...place } = treePlace(path, 'ext');
  expect(place).toEqual({ to, ...(copiedTo !== undefined && { copiedTo }) });
  expect(because).not.toBe('');
});
