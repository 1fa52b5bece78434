import { expect, test } from 'vitest';
import { block, code, plain, table } from '../../src/ui/markdown-syntax.ts';

test.each([
  ['lib/udev/vdev_id', 'lib/udev/vdev_id'],
  ['_emphasis_ and __strong__', '\\_emphasis\\_ and \\_\\_strong\\_\\_'],
  ['*x* `y` [z](w) ~~q~~', '\\*x\\* \\`y\\` \\[z\\](w) \\~\\~q\\~\\~'],
  ['<script> & a|b', '&#60;script&#62; &#38; a&#124;b'],
  ['$A and $B', '\\$A and \\$B'],
  ['back\\slash', 'back\\\\slash'],
  ['two\nlines', 'two\\\\nlines'],
])('%j between words is %s', (text, expected) => {
  expect(plain(text)).toBe(expected);
});

test.each([
  ['usr/bin/x', '`usr/bin/x`'],
  ['a b', '`a b`'],
  ['a\\x2db', '`a\\x2db`'],
  ['x', '`x`'],
  ['a|b', '<code>a&#124;b</code>'],
  ['a`b', '<code>a&#96;b</code>'],
  [' a', '<code> a</code>'],
  ['', '<code></code>'],
])('%j as code is %s', (text, expected) => {
  expect(code(text)).toBe(expected);
});

test.each([
  ['a\n', '```sh\na\n```'],
  ['a\n\n', '```sh\na\n\n```'],
  ['````\n', '`````sh\n````\n`````'],
  ['\u001b[2J\tb', '```sh\n\\x1b[2J\tb\n```'],
])('a block of %j', (text, expected) => {
  expect(block('sh', text)).toBe(expected);
});

test('a table', () => {
  expect(table(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |');
});
