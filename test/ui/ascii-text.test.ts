import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asciiText } from '../../src/ui/ascii-text.ts';

test.each([
  ['bin/dockerd', 'bin/dockerd'],
  ['a\n\t\u001b[1mb', 'a\n\t\u001b[1mb'],
  ['naïve', 'na\\u00efve'],
  ['漢😀', '\\u6f22\\ud83d\\ude00'],
  ['a → b …', 'a => b ...'],
])('%j becomes %j', (text, expected) => {
  expect(asciiText(text)).toBe(expected);
});

test('a JSON document stays the same document, and has nothing beyond ASCII', () => {
  const signs = /[→…]/g;
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), value => {
      const json = JSON.stringify(value).replaceAll(signs, '');
      const ascii = asciiText(json);
      expect(ascii).toMatch(/^[\0-\x7f]*$/);
      expect(JSON.parse(ascii)).toEqual(JSON.parse(json));
    }),
  );
});
