import { expect, it } from 'vitest';
import { inspectEntries } from '../../src/analyze/inspect.ts';
import { inspectEntryRows } from '../../src/convert/inspect-entries.ts';
import type { EntryRow } from '../../src/convert/inspect-report.ts';
import { treesOf } from '../../src/convert/trees.ts';
import { entriesOf } from '../support/entries.ts';
import { type PlanRequest, planOf } from '../support/plan-of.ts';

const UNITS = 'lib/systemd/system';
const SERVICE = '[Service]\nExecStart=/usr/bin/a\n[Install]\nWantedBy=multi-user.target\n';

async function rowsOf({ tree, ...request }: PlanRequest): Promise<ReadonlyMap<string, EntryRow>> {
  const inspection = await inspectEntries([...entriesOf(tree).values()]);
  const plan = await planOf({ tree, ...request });
  const rows = inspectEntryRows(inspection, plan, treesOf(inspection.entries, plan.steps));
  return new Map(rows.map(row => [row.path, row]));
}

it('marks what is started: units, templates of instances, and the links that said so', async () => {
  const link = `${UNITS}/multi-user.target.wants/a.service`;
  const rows = await rowsOf({
    tree: {
      [`${UNITS}/a.service`]: SERVICE,
      [`${UNITS}/b.service`]: SERVICE,
      [`${UNITS}/t@.service`]: SERVICE,
      [link]: { link: '../a.service' },
      'share/doc/a.service': SERVICE,
    },
    manifest: {
      units: [`${UNITS}/a.service`, `${UNITS}/t@.service`, `${UNITS}/multi-user.target.wants`],
    },
    options: { enable: ['t@1.service'] },
  });
  const started = [...rows.values()].filter(({ flags }) => flags.includes('enabled'));
  expect(started.map(({ path }) => path)).toEqual([
    `${UNITS}/a.service`,
    link,
    `${UNITS}/t@.service`,
  ]);
});

it('says of a directory where it goes, and of one without a place why', async () => {
  const rows = await rowsOf({
    tree: { 'bin/d': null, 'sbin/d': null, '.torcx/empty': null, 'dev/x': { kind: 'fifo' } },
  });
  const fates = ['bin', 'bin/d', 'sbin/d', '.torcx', 'dev'].map(path => {
    const { to, action, reason } = rows.get(path) ?? {};
    return [path, to, action, reason];
  });
  expect(fates).toEqual([
    ['bin', 'usr/bin', 'copy', 'programs live in usr/bin'],
    ['bin/d', 'usr/bin/d', 'copy', 'programs live in usr/bin'],
    ['sbin/d', 'usr/bin/d', 'copy', expect.stringContaining('usr/sbin is a link')],
    ['.torcx', null, 'drop', "Torcx's own metadata"],
    ['dev', null, 'drop', 'nothing that is in it goes there'],
  ]);
});
