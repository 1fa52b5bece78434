import { expect, it } from 'vitest';
import { openedFindings } from '../../src/convert/opened-findings.ts';
import { mapPaths } from '../../src/convert/path-map.ts';
import { entriesOf } from '../support/entries.ts';

const directory = (mode: number) => ({ kind: 'directory' as const, mode });
const file = (mode: number) => ({ kind: 'file' as const, mode });

it.each<[what: string, table: Parameters<typeof entriesOf>[0], found: readonly string[]]>([
  ['an open directory', { 'usr/share/v': directory(0o755), 'usr/share/v/a': file(0o644) }, []],
  [
    'a closed directory with open files, of which the outermost counts',
    {
      'usr/share/v': directory(0o700),
      'usr/share/v/a': file(0o644),
      'usr/share/v/w': directory(0o700),
      'usr/share/v/w/b': file(0o604),
    },
    ['usr/share/v has the mode 0700; … usr/share/v/a and 1 more'],
  ],
  [
    'a closed directory with closed files',
    { 'opt/v': directory(0o750), 'opt/v/a': file(0o640) },
    [],
  ],
  ['one that may be entered', { 'opt/v': directory(0o711), 'opt/v/a': file(0o644) }, []],
  [
    'one outside, whose files lie in /usr too',
    { 'etc/v': directory(0o2750), 'etc/v/a': file(0o644) },
    ['etc/v has the mode 2750; … etc/v/a'],
  ],
  ["Torcx's own", { '.torcx': directory(0o700), '.torcx/manifest.json': file(0o644) }, []],
])('%s', (_, table, found) => {
  const entries = entriesOf(table);
  const { placements } = mapPaths({ entries, manifest: undefined, name: 'x' });
  const texts = openedFindings(entries, placements).map(({ path, message }) =>
    `${path} ${message}`.replace(/every directory.*can read /, '… '),
  );
  expect(texts).toEqual(found);
});
