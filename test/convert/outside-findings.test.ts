import { expect, it } from 'vitest';
import { outsideFindings } from '../../src/convert/outside-findings.ts';
import { mapPaths } from '../../src/convert/path-map.ts';
import { entriesOf } from '../support/entries.ts';

/** What is said about an image called `x`; `bin` is the manifest's list. */
function check(
  table: Parameters<typeof entriesOf>[0],
  expected: readonly (readonly [path: string, message: string])[],
  bin: readonly string[] = [],
): void {
  const entries = entriesOf(table);
  const assets = { bin, network: [], units: [], sysusers: [], tmpfiles: [], udev_rules: [] };
  const { placements } = mapPaths({ entries, manifest: { assets }, name: 'x' });
  const findings = outsideFindings(entries, placements, 'x');
  expect(findings.map(({ path, message }) => [path, message])).toEqual(
    expected.map(([path, message]) => [path, expect.stringContaining(message)]),
  );
  expect(findings.every(({ ruleId, severity }) => ruleId === 'TX604' && severity === 'info')).toBe(
    true,
  );
}

it('counts what tmpfiles.d copies, for each top-level directory', () => {
  check({ 'etc/a': '', 'etc/b/c': { link: '../a' }, 'var/d': '' }, [
    ['etc', '2 entries below /etc'],
    ['var', '1 entry below /var'],
  ]);
});

it('counts what has no place of its own', () => {
  check({ 'data/a': '', 'data/b': '', 'tool/c': '' }, [
    [
      'data',
      '2 entries below /data, which is neither in /usr nor in /opt: now below /usr/lib/x/data',
    ],
    ['tool', '1 entry'],
  ]);
});

it('says where a file went that lies at the top', () => {
  check({ README: '' }, [['README', 'is neither in /usr nor in /opt: now /usr/lib/x/README']]);
});

it('says nothing of what an extension can have', () => {
  check({ 'bin/a': '', 'lib/x/b': '', 'opt/c': '', 'usr/share/x/d': '', '.torcx/e': '' }, []);
  check({ 'etc/systemd/system/a.service': '', 'etc/udev/rules.d/a.rules': '' }, []);
});

it('says nothing of a program that the manifest lists, or that another one keeps from its place', () => {
  check({ 'wrap/zpool': 'wrapper', 'sbin/zpool': 'program' }, [], ['wrap/zpool']);
});
