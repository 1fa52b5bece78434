import { expect, test } from 'vitest';
import { scrolledAside } from '../../../../src/ui/tui/parts/scroll-state.ts';
import { lineOf } from '../../../../src/ui/tui/parts/span.ts';

const LINES = [lineOf('a'.repeat(20)), lineOf('b'.repeat(50))];

test.each([
  ['l', 0, 8],
  ['right', 8, 16],
  // The longest line ends in the window.
  ['l', 16, 16],
  ['h', 16, 8],
  ['left', 3, 0],
  ['j', 8, undefined],
])('%s from column %i leads to %s', (key, left, expected) => {
  expect(scrolledAside(left, key, { lines: LINES, columns: 34 })).toBe(expected);
});
