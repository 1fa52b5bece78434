import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { code, plain } from '../../../../src/ui/markdown-syntax.ts';
import { cellWidth } from '../../../../src/ui/tui/parts/fit-text.ts';
import { markdownLines } from '../../../../src/ui/tui/parts/markdown-lines.ts';
import { tableLines } from '../../../../src/ui/tui/parts/table-lines.ts';

const texts = (markdown: string, width = 30) =>
  markdownLines(markdown, width).map(line => line.map(({ text }) => text).join(''));

describe('a page on a terminal', () => {
  it.each<[string, string, readonly string[]]>([
    ['a heading', '### 1. Look', ['1. Look']],
    ['a paragraph', 'one\ntwo', ['one two']],
    [
      'a long paragraph',
      'one two three four five six seven',
      ['one two three four five six', 'seven'],
    ],
    ['marks', '**bold** `code` \\* [text](#anchor)', ['bold code * text']],
    ['references', 'a &#124; b &#38;#27; <code>&#96;x</code>', ['a | b &#27; `x']],
    ['code spans as they stand', '`&#27;\\*`', ['&#27;\\*']],
    [
      'items',
      '- one two three four five six seven\n- b',
      ['- one two three four five six', '  seven', '- b'],
    ],
    ['an item of several lines', '- one  \n  Line: `x`\n  more', ['- one', '  Line: x more']],
    ['code', '```sh\na\n\n# b\n```\nc', ['  a', '  ', '  # b', 'c']],
    [
      'code that is wider than the page',
      `\`\`\`\n${'x'.repeat(30)}\n\`\`\``,
      [`  ${'x'.repeat(26)}`, '    xxxx'],
    ],
    ['code with a longer fence', '````\n```\n````', ['  ```']],
    ['code without an end', '```\na', ['  a']],
    ['a diff', '```diff\n-a\n+b\n```', ['-a', '+b']],
    ['a table', '| A | Bc |\n| --- | --- |\n| x |  |\n|  | y |', ['A  Bc', 'x', '   y']],
    ['what looks like more than it is', '```a b', ['```a b']],
    ['a number that is no character', '&#9999999;x', ['x']],
    ['control characters', 'a\u001b[2J &#27;', ['a\\x1b[2J \\x1b']],
  ])('%s', (_name, markdown, lines) => {
    expect(texts(markdown)).toEqual(lines);
  });

  it('has tones for headings, code and diffs', () => {
    const tones = markdownLines('# a\n```diff\n+b\n```\n```\nc\n```', 30).map(
      ([span]) => span?.tone,
    );
    expect(tones).toEqual(['strong', 'added', 'info']);
  });

  test('what reports write is read as it was meant', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 1 }), text => {
        const words = text.trim().replaceAll(/\s+/g, ' ');
        fc.pre(words !== '');
        expect(texts(`x ${plain(words)} y`, 1000)).toEqual([`x ${words} y`]);
        expect(texts(`x ${code(words)} y`, 1000)).toEqual([`x ${words} y`]);
      }),
    );
  });
});

describe('a table', () => {
  it('breaks its widest cells first', () => {
    const lines = tableLines(
      [
        ['Path', 'Why'],
        ['usr/bin/containerd-shim', 'because'],
      ],
      22,
    );
    expect(lines.map(line => line.map(({ text }) => text).join(''))).toEqual([
      'Path           Why',
      'usr/bin/conta  because',
      'inerd-shim',
    ]);
  });

  test('no line is wider than it may be', () => {
    const rows = fc.array(
      fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 4 }),
    );
    fc.assert(
      fc.property(rows, fc.integer({ min: 40, max: 120 }), (table, width) => {
        for (const line of tableLines(table, width)) {
          expect(line.reduce((sum, { text }) => sum + cellWidth(text), 0)).toBeLessThanOrEqual(
            width,
          );
        }
      }),
    );
  });
});
