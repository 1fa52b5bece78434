import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../src/rewrite/text-edit.ts';

describe('applyEdits', () => {
  test.each([
    ['nothing', 'abc', [], 'abc'],
    [
      'in any order',
      'abcdef',
      [
        { start: 4, end: 5, text: 'X' },
        { start: 0, end: 2, text: '' },
      ],
      'cdXf',
    ],
    [
      'insertions',
      'ab',
      [
        { start: 1, end: 1, text: '-' },
        { start: 2, end: 2, text: '!' },
      ],
      'a-b!',
    ],
  ])('%s', (_, text, edits, expected) => {
    expect(applyEdits(text, edits)).toBe(expected);
  });

  test.each([
    [
      'overlap',
      [
        { start: 0, end: 2, text: '' },
        { start: 1, end: 3, text: '' },
      ],
    ],
    ['beyond the end', [{ start: 2, end: 9, text: '' }]],
    ['backwards', [{ start: 2, end: 1, text: '' }]],
  ])('refuses %s', (_, edits) => {
    expect(() => applyEdits('abc', edits)).toThrow(RangeError);
  });
});
