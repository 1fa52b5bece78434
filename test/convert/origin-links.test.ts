import { expect, it } from 'vitest';
import type { ElfFacts } from '../../src/analyze/elf.ts';
import { originLinks } from '../../src/convert/origin-links.ts';
import { mapPaths } from '../../src/convert/path-map.ts';
import { planEntries } from '../../src/convert/plan-entries.ts';
import { treesOf } from '../../src/convert/trees.ts';
import { entriesOf } from '../support/entries.ts';

const PROGRAM: ElfFacts = {
  ...{ architecture: 'x86-64', bits: 64, endianness: 'little', type: 'executable' },
  ...{ interpreter: null, needed: ['libx.so.1', 'libc.so.6'], soname: null, buildId: null },
  ...{ rpath: ['/elsewhere', '$ORIGIN/../lib'], runpath: [], dynamic: true },
};

/** The links for a program at `from` in an image that is called `x`, with what they lead to. */
function linksFor(from: string, tree: Parameters<typeof entriesOf>[0]) {
  const entries = entriesOf({ ...tree, [from]: 'elf' });
  const map = mapPaths({ entries, manifest: undefined, name: 'x' });
  const inspection = { entries, manifest: undefined, facts: new Map(), findings: [] };
  const { steps } = planEntries({ inspection, map, imageName: 'x', keepSelinux: false });
  const to = map.placements.get(from)?.to ?? '';
  const trees = treesOf(entries, steps);
  const links = originLinks([{ from, to, elf: PROGRAM }], { name: 'x', trees, map });
  const after = treesOf(entries, [...steps, ...links]);
  return links.map(link => {
    const [path, target] =
      link.do === 'create' && 'target' in link.made ? [link.to, link.made.target] : [];
    return { path, target, leadsThere: after.hasAfter(`${path}/libx.so.1`) };
  });
}

it('leads a program that is put aside to the libraries that it had beside it', () => {
  // bin/tool takes usr/bin/tool.
  expect(linksFor('sbin/tool', { 'bin/tool': '', 'lib/libx.so.1': '' })).toEqual([
    { path: 'usr/lib/x/lib', target: '..', leadsThere: true },
  ]);
  expect(
    linksFor('wrap/tool', { 'lib/libx.so.1': { link: 'libx.so.1.2' }, 'lib/libx.so.1.2': '' }),
  ).toEqual([{ path: 'usr/lib/x/lib', target: '..', leadsThere: true }]);
});

it('makes no link where the libraries are found, never were, or belong to the host', () => {
  expect(linksFor('bin/tool', { 'lib/libx.so.1': '' })).toEqual([]);
  expect(linksFor('wrap/tool', { 'lib/libother.so.1': '' })).toEqual([]);
  // /opt/lib would be a place for everybody.
  expect(linksFor('opt/bin/tool', { 'opt/lib/libx.so.1': '' })).toEqual([]);
});
