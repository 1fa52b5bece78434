import { expect, test } from 'vitest';
import { append } from '../src/append.ts';
import { largest } from '../src/largest.ts';

test.each<[readonly number[], number]>([
  [[], 4],
  [[1, 3, 2], 4],
  [[1, 9, 2], 9],
])('the largest of %j is %i', (numbers, expected) => {
  expect(largest(numbers, 4)).toBe(expected);
});

test('there may be more items than a call takes arguments', () => {
  const many = Array.from({ length: 500_000 }, (_, index) => index);
  expect(() => Math.max(...many)).toThrow(RangeError);
  expect(largest(many, 0)).toBe(499_999);
  const list = [-1];
  append(list, many);
  expect(list).toHaveLength(500_001);
  expect(list.at(-1)).toBe(499_999);
});
