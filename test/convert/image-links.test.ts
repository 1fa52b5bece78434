import { expect, it } from 'vitest';
import { linkTarget, resolveInImage } from '../../src/convert/image-links.ts';
import { entriesOf } from '../support/entries.ts';

const chain = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`c${index}`, { link: `c${index + 1}` }]),
  );

const ENTRIES = entriesOf({
  'usr/bin/a': 'a',
  bin: { link: 'usr/bin' },
  'usr/up': { link: '../bin' },
  root: { link: '/' },
  x: { link: 'y' },
  y: { link: 'x' },
  'usr/out': { link: '../../etc' },
  ...chain(40),
  c40: 'end',
  d: { link: 'c0' },
});

it.each<[path: string, resolved: string | undefined]>([
  ['usr/bin/a', 'usr/bin/a'],
  ['bin/a', 'usr/bin/a'],
  ['usr/up/a', 'usr/bin/a'],
  ['root/bin/a', 'usr/bin/a'],
  ['root', undefined],
  ['bin/gone', undefined],
  ['x', undefined],
  ['usr/out', undefined],
  ['c0', 'c40'],
  ['d', undefined],
])('%s is %s', (path, resolved) => {
  expect(resolveInImage(ENTRIES, path)).toBe(resolved);
});

it.each<[from: string, target: string, inside: string | undefined]>([
  ['bin/a', 'b', 'bin/b'],
  ['bin/a', '../lib//b/', 'lib/b'],
  ['bin/a', '../../b', undefined],
  ['bin/a', '../x/../../b', undefined],
  ['a', '..', undefined],
  ['a', './b', 'b'],
  ['bin/a', '/../b', 'b'],
])('%s -> %s means %s', (from, target, inside) => {
  expect(linkTarget(from, target)).toBe(inside);
});
