import { expect, it } from 'vitest';
import { wrapCells } from '../../../../src/ui/tui/parts/wrap-cells.ts';

it.each<[string, string, number, readonly string[]]>([
  ['breaks at spaces', 'one two three', 7, ['one two', 'three']],
  ['counts cells, not characters', '日本 語 x', 6, ['日本', '語 x']],
  [
    'breaks a word that is longer, and goes on behind it',
    'a/bcdefgh is',
    5,
    ['a/bcd', 'efgh', 'is'],
  ],
  ['puts the next word beside the end of such a one', 'abcdefg is x', 5, ['abcde', 'fg is', 'x']],
  ['begins a long word on a line of its own', 'at abcdefg', 5, ['at', 'abcde', 'fg']],
  ['leaves no cell of a wide character over', '日本語', 5, ['日本', '語']],
  ['has a line for nothing', '', 5, ['']],
])('%s', (_, text, width, lines) => {
  expect(wrapCells(text, width)).toEqual(lines);
});
