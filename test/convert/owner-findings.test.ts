import { expect, it } from 'vitest';
import { ownerFindings } from '../../src/convert/owner-findings.ts';
import { mapPaths } from '../../src/convert/path-map.ts';
import { entriesOf } from '../support/entries.ts';

/** The severity and message of each finding about the owners of an image's entries. */
function check(
  table: Parameters<typeof entriesOf>[0],
  expected: readonly (readonly [severity: string, message: string])[],
): void {
  const entries = entriesOf(table);
  const { placements } = mapPaths({ entries, manifest: undefined, name: 'x' });
  const findings = ownerFindings(entries, placements, new Set(['/var/lib/own']));
  expect(findings.map(({ severity, message }) => [severity, message])).toEqual(
    expected.map(([severity, message]) => [severity, expect.stringContaining(message)]),
  );
}

const file = (mode: number, uid: number, gid = uid) => ({
  kind: 'file' as const,
  mode,
  uid,
  gid,
});

it('says whose files root owns, once for each owner', () => {
  check(
    {
      'bin/a': file(0o755, 0),
      'etc/v/a': file(0o640, 0, 12),
      'etc/v/b': file(0o640, 0, 12),
      'etc/v/c': file(0o644, 13),
      'var/lib/v': { kind: 'directory', mode: 0o755, uid: 14, gid: 14 },
      'var/lib/own': { kind: 'directory', mode: 0o700, uid: 15, gid: 15 },
    },
    [
      ['warning', '/etc/v/a and 1 more belonged to user 0, group 12'],
      ['info', '/etc/v/c belonged to user 13, group 13'],
      ['warning', '/var/lib/v belonged to user 14, group 14'],
    ],
  );
});

it('tells of a directory of another owner than that of all files', () => {
  const directory = { kind: 'directory', mode: 0o755, uid: 14, gid: 14 } as const;
  check({ 'bin/a': file(0o755, 0), 'var/lib/v': directory }, [
    ['warning', '/var/lib/v belonged to user 14, group 14'],
  ]);
  check({ 'bin/a': file(0o755, 14), 'var/lib/v': directory }, []);
  check({ 'var/lib/v': directory }, []);
});

it('says nothing of an owner that all files have, of links, and of what is in /usr', () => {
  check({ 'bin/a': file(0o755, 1000), 'etc/a': file(0o600, 1000) }, []);
  check({ 'bin/a': file(0o755, 5), 'lib/b': file(0o755, 0), 'etc/a': file(0o600, 0) }, []);
  check({ 'bin/a': '', 'etc/a': { kind: 'symlink', target: 'b', uid: 5 } }, []);
});
