import { expect, test } from 'vitest';
import { commandLines } from '../../../../src/ui/tui/parts/command-lines.ts';

test.each([
  [20, 3, ['a', 'b'], ['a b']],
  [10, 3, ['torcx', '--os', 'x', 'y z'], ['torcx \\', '  --os x \\', "  'y z'"]],
  [10, 2, ['torcx', '--os', 'x', 'y z'], ['torcx \\', '  --os x …']],
  [10, 1, ['torcx', '--os', 'x y'], ["torcx --os 'x y'"]],
  [4, 3, ['long-word', 'x'], ['long-word \\', '  x']],
])('in %i columns and %i rows', (columns, rows, words, lines) => {
  expect(commandLines(words, { columns, rows })).toEqual(lines);
});
