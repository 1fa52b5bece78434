import { expect, test } from 'vitest';
import { fitList, type ListState, moveList } from '../../../../src/ui/tui/parts/list-state.ts';

const SIZE = { count: 20, rows: 5 };
const at = (cursor: number, top: number): ListState => ({ cursor, top });

test.each<[what: string, key: string, from: ListState, to: ListState]>([
  ['down within the window', 'j', at(0, 0), at(1, 0)],
  ['down below it', 'down', at(4, 0), at(5, 1)],
  ['up above it', 'k', at(3, 3), at(2, 2)],
  ['not above the first', 'up', at(0, 0), at(0, 0)],
  ['not below the last', 'j', at(19, 15), at(19, 15)],
  ['a page, of which one row stays', 'pageDown', at(0, 0), at(4, 0)],
  ['a page up', 'ctrl-b', at(10, 8), at(6, 6)],
  ['to the last', 'G', at(0, 0), at(19, 15)],
  ['to the first', 'home', at(19, 15), at(0, 0)],
])('%s', (_what, key, from, to) => {
  expect(moveList(from, key, SIZE)).toEqual(to);
});

test.each<[what: string, from: ListState, size: typeof SIZE, to: ListState]>([
  [
    'a list that is shorter now has no empty rows below',
    at(9, 9),
    { count: 10, rows: 5 },
    at(9, 5),
  ],
  ['a cursor behind its end goes to the last row', at(19, 15), { count: 3, rows: 5 }, at(2, 0)],
  ['a higher window shows more above', at(19, 15), { count: 20, rows: 10 }, at(19, 10)],
  ['a lower one keeps the cursor', at(4, 0), { count: 20, rows: 3 }, at(4, 2)],
  ['an empty list', at(3, 1), { count: 0, rows: 5 }, at(0, 0)],
  ['a window without rows', at(3, 1), { count: 20, rows: 0 }, at(3, 3)],
])('%s', (_what, from, size, to) => {
  expect(fitList(from, size)).toEqual(to);
});
