import { expect, test } from 'vitest';
import { partitionPoint } from '../src/partition-point.ts';

test('finds the first item that is not before the wanted one, as a search from the front does', () => {
  for (const sorted of [[], [1], [1, 3, 5], [2, 2, 2, 4], [1, 2, 3, 4, 5, 6, 7]]) {
    for (let wanted = 0; wanted <= 8; wanted += 1) {
      const found = sorted.findIndex(item => item >= wanted);
      const expected = found < 0 ? sorted.length : found;
      const actual = partitionPoint(sorted.length, index => (sorted[index] ?? 0) < wanted);
      expect(actual, `${wanted} in ${sorted}`).toBe(expected);
    }
  }
});
