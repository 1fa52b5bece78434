import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyFixEdits } from '../src/apply-fix-edits.ts';
import type { FixEdit } from '../src/finding.ts';

function applied(text: string, edits: readonly FixEdit[]): string {
  return Buffer.from(applyFixEdits(Buffer.from(text, 'latin1'), edits)).toString('latin1');
}

describe('applyFixEdits', () => {
  test.each<[string, string, FixEdit[], string]>([
    ['a line goes', 'a\nb\nc\n', [{ startLine: 2, endLine: 2, text: '' }], 'a\nc\n'],
    ['several become one', 'a\nb\nc\n', [{ startLine: 1, endLine: 2, text: 'x\n' }], 'x\nc\n'],
    ['the last, without an end', 'a\nb', [{ startLine: 2, endLine: 2, text: 'x' }], 'a\nx'],
    ['CR stays where it was', 'a\r\nb\r\n', [{ startLine: 1, endLine: 1, text: '' }], 'b\r\n'],
    ['a lone CR is no line end', 'a\rb\nc\n', [{ startLine: 2, endLine: 2, text: '' }], 'a\rb\n'],
    [
      'bytes that are no UTF-8',
      '\xff\nb\n\xfe',
      [{ startLine: 2, endLine: 2, text: '' }],
      '\xff\n\xfe',
    ],
    ['everything', 'a\n', [{ startLine: 1, endLine: 1, text: '' }], ''],
    ['nothing', 'a\n', [], 'a\n'],
    [
      'in any order',
      'a\nb\nc\n',
      [
        { startLine: 3, endLine: 3, text: 'z\n' },
        { startLine: 1, endLine: 1, text: '' },
      ],
      'b\nz\n',
    ],
  ])('%s', (_, text, edits, expected) => {
    expect(applied(text, edits)).toBe(expected);
  });

  test.each<[string, FixEdit[]]>([
    ['behind the end', [{ startLine: 3, endLine: 3, text: '' }]],
    ['line 0', [{ startLine: 0, endLine: 1, text: '' }]],
    ['backwards', [{ startLine: 2, endLine: 1, text: '' }]],
    [
      'overlapping',
      [
        { startLine: 1, endLine: 2, text: '' },
        { startLine: 2, endLine: 2, text: 'x\n' },
      ],
    ],
  ])('refuses %s', (_, edits) => {
    expect(() => applied('a\nb\n', edits)).toThrow(RangeError);
  });

  test('every byte outside the edited lines stays', () => {
    const anyBytes = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(anyBytes, anyBytes, (before, after) => {
        const bytes = Buffer.concat([before, Buffer.from('\nX\n'), after]);
        const line = before.filter(byte => byte === 0x0a).length + 2;
        const edited = applyFixEdits(bytes, [{ startLine: line, endLine: line, text: '' }]);
        expect(Buffer.from(edited)).toEqual(Buffer.concat([before, Buffer.from('\n'), after]));
      }),
    );
  });
});
