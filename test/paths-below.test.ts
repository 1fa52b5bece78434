import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparePaths } from '../src/path-text.ts';
import { pathsBelow } from '../src/paths-below.ts';

test.each<[directory: string, below: string[]]>([
  ['a', ['a/b', 'a/b/c']],
  ['a/b', ['a/b/c']],
  ['a.b', []],
  ['b', []],
  ['z', ['z/\udcff']],
])('what lies below %s', (directory, below) => {
  const sorted = ['a', 'a.b', 'a/b', 'a/b/c', 'a0', 'b', 'z', 'z/\udcff', 'zz/a'];
  expect([...pathsBelow(sorted, directory)]).toEqual(below);
});

test('it is what a search through all of them finds', () => {
  const path = fc
    .array(fc.constantFrom('a', 'b', 'a.b', 'é', '\udc80'), { minLength: 1, maxLength: 3 })
    .map(parts => parts.join('/'));
  fc.assert(
    fc.property(fc.uniqueArray(path), path, (paths, directory) => {
      const sorted = paths.sort(comparePaths);
      const expected = sorted.filter(one => one.startsWith(`${directory}/`));
      expect([...pathsBelow(sorted, directory)]).toEqual(expected);
    }),
  );
});
