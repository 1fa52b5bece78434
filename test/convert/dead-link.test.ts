import { expect, it } from 'vitest';
import { deadLink } from '../../src/convert/dead-link.ts';

/** What the extension `x` has. */
const OWN: ReadonlySet<string> = new Set(['usr', 'usr/bin', 'usr/bin/own', 'opt', 'opt/x']);

it.each<[target: string, isDead: boolean]>([
  ['own', false],
  ['/bin/own', false],
  ['/usr/sbin/own', false],
  ['of-the-host', false],
  ['/boot/flatcar', false],
  ['/etc/gone', false],
  ['/opt/other/gone', false],
  ['/', false],
  ['/opt/x/gone', true],
  ['/data/gone', true],
  ['../lib/x/data/gone', true],
  ['/usr/share/x/etc/gone', true],
  ['/usr/lib/xy/gone', false],
])('a link in /usr/bin to %s', (target, isDead) => {
  const trees = { hasAfter: (path: string) => OWN.has(path) };
  const reason = deadLink('usr/bin/link', target, { name: 'x', trees });
  expect(reason).toEqual(isDead ? expect.stringContaining(`points to ${target},`) : undefined);
});
