import { expect, it } from 'vitest';
import { lateOrdering } from '../../src/convert/late-ordering.ts';
import { UnitCatalog } from '../../src/convert/unit-facts.ts';

const FIREWALL = '[Unit]\nBefore=network-pre.target other.service\nWants=second.service\n';

it.each<[what: string, started: readonly string[], found: readonly string[]]>([
  ['a unit that is not started', ['other.service'], []],
  [
    'one that is',
    ['firewall.service'],
    ['before network-pre.target,', 'local-fs.target and swap.target,'],
  ],
  ['one that another starts', ['a.target'], ['local-fs.target and swap.target,']],
])('%s', (_, started, found) => {
  const units = Object.entries({
    'firewall.service': FIREWALL,
    'mount.service': '[Unit]\nBefore=local-fs.target swap.target\n',
    'a.target': '[Unit]\nRequires=second.service\n',
    'other.service': '[Unit]\nBefore=multi-user.target shutdown.target\n',
  }).map(([name, text]) => ({ name, text, dropIns: [] }));
  const aliases = new Map([['second.service', 'mount.service']]);
  const findings = lateOrdering(started, new UnitCatalog(units), aliases);
  expect(findings.map(({ ruleId, message }) => [ruleId, message])).toEqual(
    found.map(text => ['TX615', expect.stringContaining(text)]),
  );
});
