import { expect, it } from 'vitest';
import { linkFindings } from '../../src/convert/link-findings.ts';
import { mapPaths } from '../../src/convert/path-map.ts';
import { planEntries } from '../../src/convert/plan-entries.ts';
import { treesOf } from '../../src/convert/trees.ts';
import { entriesOf } from '../support/entries.ts';

/** The findings about a link at `from` in an image that is called `x` and also has a few files. */
function messagesOf(from: string, link: string): string[] {
  const entries = entriesOf({
    'bin/tool': 'text',
    'usr/lib/own/a': 'text',
    'data/file': 'text',
    'opt/tool': 'text',
    [from]: { link },
  });
  const inspection = { entries, manifest: undefined, facts: new Map(), findings: [] };
  const map = mapPaths({ entries, manifest: undefined, name: 'x' });
  const { steps } = planEntries({ inspection, map, imageName: 'x', keepSelinux: false });
  const trees = treesOf(entries, steps);
  return linkFindings(steps, { name: 'x', imageName: 'x', trees }).map(({ message }) => message);
}

it.each<[from: string, target: string]>([
  ['bin/a', 'tool'],
  ['bin/a', '/bin/tool'],
  ['bin/a', '/usr/bin/tool'],
  ['bin/a', '/usr/bin/of-the-host'],
  ['bin/a', 'of-the-host'],
  ['bin/a', '/sbin/of-the-host'],
  ['bin/a', '../lib64/libc.so.6'],
  ['bin/a', '/dev/null'],
  ['bin/a', '/proc/self/exe'],
  ['bin/a', '/etc/resolv.conf'],
  ['bin/a', '/opt/vendor/tool'],
  ['bin/a', '/usr/share/zoneinfo/UTC'],
  ['bin/a', '/'],
  ['bin/a', '/usr/lib/own'],
  ['usr/lib/own/b', 'a'],
  ['lib/systemd/system/a.service', '/dev/null'],
  ['data/link', 'file'],
  // These keep their meaning by another number of steps.
  ['bin/a', '../opt/tool'],
  ['bin/a', '../data/file'],
  ['etc/a/b', '../../bin/tool'],
  // TX607 speaks of these.
  ['bin/a', '/run/torcx/unpack/x/nothing'],
])('is content with %s -> %s', (from, target) => {
  expect(messagesOf(from, target)).toEqual([]);
});

it.each<[from: string, target: string, message: string]>([
  [
    'bin/a',
    '/nix/store/tool',
    'points to /nix/store/tool, and neither the extension nor a host has /nix/store/tool',
  ],
  [
    'usr/lib/own/b',
    'missing',
    'points to missing, and neither the extension nor a host has /usr/lib/own/missing',
  ],
  [
    'data/link',
    'missing',
    'points to missing, and neither the extension nor a host has /usr/lib/x/data/missing',
  ],
  [
    'etc/localtime',
    '../usr/share/zoneinfo/UTC',
    'neither the extension nor a host has /usr/share/x/usr/share/zoneinfo/UTC',
  ],
  [
    'bin/a',
    '../../../etc/shadow',
    'leaves the image: ../../../etc/shadow led to /run/torcx/etc/shadow under Torcx and leads to /etc/shadow now',
  ],
  [
    'bin/a',
    '../../docker/bin/b',
    'led to /run/torcx/unpack/docker/bin/b under Torcx and leads to /docker/bin/b now',
  ],
])('reports %s -> %s', (from, target, message) => {
  expect(messagesOf(from, target)).toEqual([expect.stringContaining(message)]);
});
