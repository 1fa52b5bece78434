import { describe, expect, test } from 'vitest';
import { finding } from '../../src/finding.ts';
import { markedLine } from '../../src/ui/audit-snippet.ts';

interface Place {
  readonly snippet: string;
  readonly column?: number;
  readonly endColumn?: number;
  readonly endLine?: number;
}

function marked(place: Place, width = 40): string {
  const line = markedLine(finding('TX201', { line: 1, endLine: 1, message: 'm', ...place }), {
    width,
  });
  return line === undefined ? '' : `${line.text}\n${line.marks}`;
}

describe('the line with its carets', () => {
  test.each<[string, Place, string]>([
    ['a part', { snippet: 'A=b c', column: 3, endColumn: 4 }, 'A=b c\n  ^'],
    ['indentation goes', { snippet: '    A=b', column: 7, endColumn: 8 }, 'A=b\n  ^'],
    ['a tab is one space', { snippet: 'A\tb', column: 3, endColumn: 4 }, 'A b\n  ^'],
    ['a whole line', { snippet: '  A=b  ', column: 1, endColumn: 8 }, 'A=b\n^^^'],
    ['a place without an end', { snippet: 'A=b', column: 3 }, 'A=b\n  ^'],
    [
      'to the end of the line, when it goes on',
      { snippet: 'A=b c', column: 3, endLine: 2, endColumn: 1 },
      'A=b c\n  ^^^',
    ],
    [
      'an escape is as wide as it is shown',
      { snippet: '\u001bA', column: 2, endColumn: 3 },
      '\\x1bA\n    ^',
    ],
    ['characters outside the BMP', { snippet: '😀A', column: 3, endColumn: 4 }, '😀A\n ^'],
    ['a blank line', { snippet: '   ', column: 1, endColumn: 2 }, ''],
    ['a column behind the end', { snippet: 'A', column: 9, endColumn: 12 }, 'A\n ^'],
  ])('%s', (_, place, expected) => {
    expect(marked(place)).toBe(expected);
  });

  test('a long line is cut on both sides', () => {
    const snippet = `${'a'.repeat(60)}HERE${'b'.repeat(60)}`;
    const text = marked({ snippet, column: 61, endColumn: 65 });
    expect(text).toBe(`...${'a'.repeat(15)}HERE${'b'.repeat(15)}...\n${' '.repeat(18)}^^^^`);
  });

  test('a sign of one cell takes the place of one character', () => {
    const place = { snippet: 'x'.repeat(100), column: 1, endColumn: 101 };
    const line = finding('TX201', { line: 1, endLine: 1, message: 'm', ...place });
    expect(markedLine(line, { width: 40, cut: '~' })?.text).toBe(`${'x'.repeat(39)}~`);
  });

  test('a mark that is longer than the page is cut', () => {
    const text = marked({ snippet: 'x'.repeat(100), column: 1, endColumn: 101 });
    expect(text).toBe(`${'x'.repeat(37)}...\n${'^'.repeat(40)}`);
  });
});
