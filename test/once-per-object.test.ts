import { expect, test } from 'vitest';
import { oncePerObject } from '../src/once-per-object.ts';

test('each object is asked about once, also where the answer is undefined', () => {
  const asked: unknown[] = [];
  const size = oncePerObject((list: readonly number[]) => {
    asked.push(list);
    return list[0];
  });
  const lists = [[1], [], [1]];
  for (const list of [...lists, ...lists]) expect(size(list)).toBe(list[0]);
  expect(asked).toEqual(lists);
});
