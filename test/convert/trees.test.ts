import { expect, it } from 'vitest';
import type { Step } from '../../src/convert/step.ts';
import { treesOf } from '../../src/convert/trees.ts';

const link = (to: string, target: string): Step => ({
  do: 'create',
  to,
  made: { target },
  because: '',
});

const { hasAfter } = treesOf(new Map(), [
  { do: 'create', to: 'usr/lib/real/file', made: { text: '' }, because: '' },
  link('usr/share/one', '../lib/real'),
  link('usr/share/two', '/usr/share/one'),
  link('usr/share/three', 'two/.'),
  link('usr/share/loop', 'pool'),
  link('usr/share/pool', 'loop'),
]);

it.each<[path: string, isThere: boolean]>([
  ['usr/lib/real/file', true],
  ['usr/lib', true],
  ['usr/share/one/file', true],
  ['usr/share/two/file', true],
  ['usr/share/three/file', true],
  ['usr/share/three/gone', false],
  ['usr/share/loop', true],
  ['usr/share/loop/file', false],
  ['usr/gone', false],
])('%s: %s', (path, isThere) => {
  expect(hasAfter(path)).toBe(isThere);
});
