import { expect, it } from 'vitest';
import { inspectEntries } from '../../src/analyze/inspect.ts';
import type { InspectedUnit } from '../../src/convert/inspect-report.ts';
import { inspectUnits } from '../../src/convert/inspect-units.ts';
import { entriesOf } from '../support/entries.ts';
import { planOf } from '../support/plan-of.ts';

const UNITS = 'lib/systemd/system';

/** The rows of units by their names, in an image that starts `enabled`. */
async function unitsOf(
  texts: Readonly<Record<string, string>>,
  enabled: readonly string[] = [],
): Promise<ReadonlyMap<string, InspectedUnit>> {
  const units = Object.entries(texts).map(([name, text]) => [`${UNITS}/${name}`, text]);
  const tree = Object.fromEntries(units);
  const inspection = await inspectEntries([...entriesOf(tree).values()]);
  const plan = await planOf({ tree, options: { enable: enabled } });
  const rows = inspectUnits(inspection, plan);
  return new Map(rows.map(row => [row.path.slice(UNITS.length + 1), row]));
}

it('says what a unit needs, in the image', async () => {
  const units = await unitsOf({
    'a.service':
      '[Unit]\nRequires=torcx.target b.service\nAfter=c.service\nAfter=\nAfter=d.service d.service\nWants=\n',
  });
  expect(units.get('a.service')).toMatchObject({
    type: 'service',
    to: `usr/${UNITS}/a.service`,
    needs: [
      { key: 'Requires', units: ['torcx.target', 'b.service'] },
      { key: 'After', units: ['d.service'] },
    ],
    edits: 1,
  });
});

it.each<[name: string, starter: string, text: string, by: readonly string[]]>([
  ['by another unit that requires it', 'b.service', '[Unit]\nRequires=a.service\n', ['b.service']],
  ['not by one that is ordered after it', 'b.service', '[Unit]\nAfter=a.service\n', []],
  ['by its socket', 'a.socket', '[Socket]\nListenStream=1\n', ['a.socket']],
  ['by a socket that names it', 'b.socket', '[Socket]\nService=a.service\n', ['b.socket']],
  ['not by a socket that names another', 'a.socket', '[Socket]\nService=b.service\n', []],
  ['not by a socket that starts instances', 'a.socket', '[Socket]\nAccept=yes\n', []],
  ['not by itself', 'a.service', '[Unit]\nWants=a.service\n', []],
  ['by its timer', 'a.timer', '[Timer]\nOnBootSec=1\n', ['a.timer']],
  ['by a path that names it', 'b.path', '[Path]\nUnit=a.service\n', ['b.path']],
])('says what starts a unit: %s', async (_name, starter, text, pulledInBy) => {
  const units = await unitsOf({
    'a.service': '[Service]\nExecStart=/usr/bin/a\n',
    [starter]: text,
  });
  expect(units.get('a.service')).toMatchObject({ startedBy: [], pulledInBy });
});

it('says what the extension starts, instances with their template', async () => {
  const units = await unitsOf(
    {
      'a.service': '[Install]\nWantedBy=multi-user.target\n',
      'b.service': '[Install]\nWantedBy=multi-user.target\n',
      't@.service': '[Install]\nWantedBy=multi-user.target\n',
    },
    ['a.service', 't@1.service'],
  );
  expect(units.get('a.service')?.startedBy).toMatchObject([{ upheldBy: 'multi-user.target' }]);
  expect(units.get('b.service')).toMatchObject({ startedBy: [], wantedBy: ['multi-user.target'] });
  expect(units.get('t@.service')?.startedBy).toMatchObject([{ unit: 't@1.service' }]);
});

it('lists drop-ins and network files as what they are', async () => {
  const units = await unitsOf({
    'a.service.d/10-x.conf': '[Unit]\nWants=b.service\n',
    README: 'torcx',
  });
  expect([...units.keys()]).toEqual(['a.service.d/10-x.conf']);
  expect(units.get('a.service.d/10-x.conf')).toMatchObject({ type: 'drop-in', startedBy: [] });
});
