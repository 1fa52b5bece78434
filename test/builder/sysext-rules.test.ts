import { expect, test } from 'vitest';
import type { ImageNode } from '../../src/builder/image-node.ts';
import { assertSysextTree, isHostDirectory } from '../../src/builder/sysext-rules.ts';
import { toolErrorOf } from '../support/catch-error.ts';
import { device, directory, file, special, symlink } from '../support/image-trees.ts';

const value = (name: string) => ({ xattrs: new Map([[name, Uint8Array.of(1)]]) });

test.each<[what: string, node: ImageNode]>([
  ['the root, whatever it is', directory('', { mode: 0o700 })],
  ['a program with a setuid bit', file('usr/bin/a', '', { mode: 0o4755 })],
  ['a file of /opt', file('opt/a/b', '')],
  ['a directory that every host has', directory('usr/lib/systemd/system')],
  ['a link beside it', symlink('usr/lib/systemd/system/a.service', 'b.service')],
  ['file capabilities', file('usr/bin/a', '', value('security.capability'))],
  ['its own extension-release', file('usr/lib/extension-release.d/extension-release.x', '')],
  ['what only begins like usr/sbin', file('usr/sbin2', '')],
])('an extension may have %s', (_, node) => {
  expect(() => assertSysextTree([node], 'x')).not.toThrow();
});

test.each<[what: string, node: ImageNode, reason: string]>([
  ['a file of /etc', file('etc/a', ''), '/etc/a: only /usr and /opt are merged'],
  ['what only begins like usr', file('usr2/a', ''), '/usr2/a: only /usr and /opt are merged'],
  [
    'an os-release',
    file('usr/lib/os-release', ''),
    '/usr/lib/os-release: an os-release file makes systemd-sysext refuse every extension',
  ],
  [
    'a directory usr/sbin',
    directory('usr/sbin'),
    '/usr/sbin: it would hide the link /usr/sbin → bin of the host',
  ],
  [
    'a link in the place of a directory of the host',
    symlink('usr/bin', 'sbin'),
    "/usr/bin: it would replace the host's directory /usr/bin",
  ],
  [
    'a file in the place of /usr',
    file('usr', ''),
    "/usr: it would replace the host's directory /usr",
  ],
  ...[
    device('usr/bin/env', 'char-device', [0, 0]),
    device('usr/bin/env', 'block-device', [8, 0]),
    special('usr/bin/env', 'fifo'),
    special('usr/bin/env', 'socket'),
  ].map((node): [string, ImageNode, string] => [
    `a ${node.kind}`,
    node,
    '/usr/bin/env: special files do not belong into an extension; a 0:0 device deletes the host file of its name',
  ]),
  [
    'a directory that is closed',
    directory('usr/share/a', { mode: 0o750 }),
    "/usr/share/a: its mode would replace that of the host's directory",
  ],
  [
    'a directory with a sticky bit',
    directory('usr/share/a', { mode: 0o1755 }),
    "/usr/share/a: its mode would replace that of the host's directory",
  ],
  [
    'a file of another owner',
    file('usr/bin/a', '', { uid: 1 }),
    '/usr/bin/a: everything in an extension belongs to root',
  ],
  [
    'a link of another group',
    symlink('usr/bin/a', 'b', { gid: 1 }),
    '/usr/bin/a: everything in an extension belongs to root',
  ],
  [
    'an attribute of overlayfs',
    directory('usr/share/a', value('trusted.overlay.opaque')),
    '/usr/share/a: trusted.overlay.opaque steers overlayfs and hides host files',
  ],
  [
    'the extension-release of another one',
    file('usr/lib/extension-release.d/extension-release.y', ''),
    '/usr/lib/extension-release.d/extension-release.y: it is the extension-release of another extension',
  ],
])('an extension must not have %s', async (_, node, reason) => {
  const error = await toolErrorOf(() => assertSysextTree([directory('usr/share'), node], 'x'));
  expect(error).toEqual({ code: 'not-convertible', facts: { reason } });
});

test.each([
  ['usr', true],
  ['usr/lib/systemd/system', true],
  ['usr/sbin', true],
  ['usr/lib/systemd/system/a.service.d', false],
  ['opt/a', false],
])('at %s an extension may only have a directory: %s', (path, expected) => {
  expect(isHostDirectory(path)).toBe(expected);
});
