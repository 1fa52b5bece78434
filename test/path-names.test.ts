import { expect, test } from 'vitest';
import { baseName, parentOf, parentsOf } from '../src/path-names.ts';

const PATHS = [
  { path: 'usr/bin/docker', name: 'docker', parents: ['usr/bin', 'usr'] },
  { path: '/usr/bin', name: 'bin', parents: ['/usr'] },
  { path: 'usr', name: 'usr', parents: [] },
  { path: '', name: '', parents: [] },
];

test.each(PATHS)('takes $path apart', ({ path, name, parents }) => {
  expect(baseName(path)).toBe(name);
  expect(parentsOf(path)).toEqual(parents);
  expect(parentOf(path)).toBe(parents[0] ?? '');
});
