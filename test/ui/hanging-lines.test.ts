import { expect, test } from 'vitest';
import { flowingLines, hangingLines } from '../../src/ui/hanging-lines.ts';

const label = 'needs  ';
const part = (length: number) => 'x'.repeat(length);

test.each<[what: string, parts: string[], lines: string[]]>([
  ['nothing', [], []],
  ['parts that have room', ['a', 'b'], [`${label}a  b`]],
  ['a line of 80 characters', [part(35), part(36)], [`${label}${part(35)}  ${part(36)}`]],
  ['one of 81', [part(35), part(37)], [`${label}${part(35)}`, `       ${part(37)}`]],
  ['control characters', ['a\u001b[1mb'], [`${label}a\\x1b[1mb`]],
])('%s flow behind the label', (_what, parts, lines) => {
  expect(flowingLines(label, parts)).toEqual(lines);
});

test.each<[what: string, text: string, lines: string[]]>([
  ['a short text', 'a b', [`${label}a b`]],
  [
    'one of 80 characters with the label',
    `${part(36)} ${part(36)}`,
    [`${label}${part(36)} ${part(36)}`],
  ],
  ['one of 81', `${part(36)} ${part(37)}`, [`${label}${part(36)}`, `       ${part(37)}`]],
  ['a first word that is too long', `${part(90)} b`, [`${label}${part(90)}`, '       b']],
])('%s hangs behind the label', (_what, text, lines) => {
  expect(hangingLines(label, text)).toEqual(lines);
});

test('a painted label takes no room of the text', () => {
  expect(hangingLines('a  ', 'b', '\u001b[1ma\u001b[22m  ')).toEqual(['\u001b[1ma\u001b[22m  b']);
});
