import { expect, it } from 'vitest';
import { absentUnits } from '../../src/convert/absent-units.ts';

it('says nothing of a unit that something else starts as well', () => {
  const link = { path: 'link', unit: 'own.service', kind: 'wants' } as const;
  const links = ['docker.service', 'multi-user.target'].map(target => ({ ...link, target }));
  expect(absentUnits(links, name => name.startsWith('own.'))).toEqual([]);
});

it.each<[unit: string, target: string, found: string | undefined]>([
  ['own.service', 'multi-user.target', undefined],
  ['own.service', 'own.target', undefined],
  ['systemd-networkd.service', 'multi-user.target', undefined],
  ['network-online.target', 'own.target', undefined],
  ['absent.service', 'multi-user.target', 'warning starts absent.service'],
  ['absent.target', 'multi-user.target', 'warning starts absent.target'],
  ['absent.service', 'other.target', 'warning starts absent.service'],
  ['own.service', 'docker.service', 'info own.service is started with docker.service'],
])('%s, started with %s', (unit, target, found) => {
  const link = { path: 'link', unit, target, kind: 'wants' } as const;
  const findings = absentUnits([link], name => name.startsWith('own.'));
  expect(findings.map(({ severity, message }) => `${severity} ${message}`)).toEqual(
    found === undefined ? [] : [expect.stringContaining(found)],
  );
});
