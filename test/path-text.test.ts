import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparePaths, fitsBytes, pathBytes, pathOrder, pathText } from '../src/path-text.ts';

/** Characters of each length in UTF-8, and bytes that are no text. */
const character = fc.constantFrom(
  'a',
  'b',
  '/',
  'ä',
  '\u07ff',
  '\ud7ff',
  '\ue000',
  '\uffff',
  '😀',
  '\udc80',
  '\udcff',
);
const name = fc
  .array(character, { maxLength: 6 })
  .map(parts => pathText(pathBytes(parts.join(''))));

test('names are in the order of their bytes', () => {
  fc.assert(
    fc.property(name, name, (a, b) => {
      expect(comparePaths(a, b)).toBe(Buffer.compare(pathBytes(a), pathBytes(b)));
    }),
  );
});

test('a list of names has the order that each two of them have', () => {
  fc.assert(
    fc.property(fc.array(name), names => {
      expect(names.toSorted(pathOrder(names))).toEqual(names.toSorted(comparePaths));
    }),
  );
});

test('a name fits when its bytes do', () => {
  fc.assert(
    fc.property(name, fc.nat(30), (text, most) => {
      expect(fitsBytes(text, most)).toBe(pathBytes(text).length <= most);
    }),
  );
});

test('bytes of any kind survive the way through a string', () => {
  fc.assert(
    fc.property(fc.uint8Array(), bytes => {
      expect(Buffer.compare(pathBytes(pathText(bytes)), bytes)).toBe(0);
    }),
  );
});
