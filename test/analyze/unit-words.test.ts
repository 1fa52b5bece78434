import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitWords } from '../../src/analyze/unit-words.ts';

test.each([
  ['', []],
  ['  a\tb ', ['a', 'b']],
  ['"a b" c', ['a b', 'c']],
  ["'a \"b' c", ['a "b', 'c']],
  ['A="b c"d e', ['A=b cd', 'e']],
  ['a\\ b', ['a\\', 'b']],
  ['a\\sb', ['a b']],
  ['\\x41\\101\\u00e9\\U0001F600\\n', ['AAé😀\n']],
  ['\\UFFFFFFFF \\U00110000', ['\\UFFFFFFFF', '\\U00110000']],
  ['\\"a\\" "\\"b\\""', ['"a"', '"b"']],
  ['\\q \\', ['\\q', '\\']],
  ['"open end', ['open end']],
  ['"" a', ['', 'a']],
  ['%n $$x ${Y}', ['%n', '$$x', '${Y}']],
])('%s', (value, words) => {
  expect(splitWords(value).map(({ text }) => text)).toEqual(words);
});

test('words and the space between them are the value', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', ' ', '\t', '"', "'", '\\', 'x', '=') }),
      value => {
        let done = 0;
        for (const { start, end, raw } of splitWords(value)) {
          expect(value.slice(done, start).trim()).toBe('');
          expect(value.slice(start, end)).toBe(raw);
          expect(end).toBeGreaterThan(start);
          done = end;
        }
        expect(value.slice(done).trim()).toBe('');
      },
    ),
  );
});
