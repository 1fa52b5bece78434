import { expect, it } from 'vitest';
import type { Manifest } from '../../src/analyze/manifest.ts';
import { entryRequests } from '../../src/convert/entry-requests.ts';
import { checkManifest } from '../../src/convert/manifest-check.ts';
import { mapPaths } from '../../src/convert/path-map.ts';
import { entriesOf } from '../support/entries.ts';

const NO_ASSETS: Manifest['assets'] = {
  ...{ bin: [], network: [], units: [], sysusers: [], tmpfiles: [], udev_rules: [] },
};
const UNITS = 'lib/systemd/system';

it('holds the manifest against the tree', () => {
  const entries = entriesOf({
    'bin/a': '',
    'bin/extra': '',
    'wrap/a': '',
    'wrap/deep/b': '',
    'share/readme': '',
    [`${UNITS}/a.service`]: '',
    [`${UNITS}/unlisted.service`]: '',
    [`${UNITS}/multi-user.target.wants/a.service`]: { link: '../a.service' },
    [`${UNITS}/sockets.target.wants/b.socket`]: { link: '../b.socket' },
    'lib/udev/rules.d/a.rules': '',
    linked: { link: 'wrap' },
  });
  const manifest: Manifest = {
    assets: {
      ...NO_ASSETS,
      bin: ['wrap', 'bin/a', 'linked/deep/b', 'bin/gone'],
      units: [`${UNITS}/a.service`, `${UNITS}/multi-user.target.wants`],
    },
  };
  const map = mapPaths({ entries, manifest, name: 'x' });
  expect(checkManifest(manifest, entries, map)).toEqual({
    listed: [
      { kind: 'bin', path: 'wrap', present: true },
      { kind: 'bin', path: 'bin/a', present: true },
      { kind: 'bin', path: 'linked/deep/b', present: true },
      { kind: 'bin', path: 'bin/gone', present: false },
      { kind: 'units', path: `${UNITS}/a.service`, present: true },
      { kind: 'units', path: `${UNITS}/multi-user.target.wants`, present: true },
    ],
    outclaimed: [{ kind: 'bin', from: 'bin/a', to: 'usr/bin/a', by: 'wrap/a' }],
    unlisted: [
      { kind: 'bin', path: 'bin/extra' },
      { kind: 'units', path: `${UNITS}/sockets.target.wants/b.socket` },
      { kind: 'units', path: `${UNITS}/unlisted.service` },
      { kind: 'udev_rules', path: 'lib/udev/rules.d/a.rules' },
    ],
  });
});

it('knows a link that started a unit, also where it is kept on request', () => {
  const link = `${UNITS}/multi-user.target.wants/a.service`;
  const entries = entriesOf({ [`${UNITS}/a.service`]: '', [link]: { link: '../a.service' } });
  const units = [`${UNITS}/a.service`, `${UNITS}/multi-user.target.wants`];
  const manifest: Manifest = { assets: { ...NO_ASSETS, units } };
  const requests = entryRequests(entries, { drop: [], keep: [link] });
  const map = mapPaths({ entries, manifest, name: 'x', requests });
  expect(map.placements.get(link)?.to).toBe(`usr/${link}`);
  expect(checkManifest(manifest, entries, map).unlisted).toEqual([]);
});
