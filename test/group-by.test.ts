import { expect, test } from 'vitest';
import { groupBy } from '../src/group-by.ts';

test('groups keep the order of their first items, and items their own order', () => {
  const groups = groupBy(['pear', 'fig', 'kiwi', 'plum', 'nut'], fruit => fruit.length);
  expect([...groups]).toEqual([
    [4, ['pear', 'kiwi', 'plum']],
    [3, ['fig', 'nut']],
  ]);
});

test('nothing makes no group', () => {
  expect(groupBy([], String).size).toBe(0);
});
