import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allSettings,
  effectiveSettings,
  parseUnitFile,
  textRanges,
  type UnitFile,
} from '../../src/analyze/unit-file.ts';

function joined(file: UnitFile): string {
  return file.parts
    .flatMap(part => part.lines)
    .map(line => line.content + line.eol)
    .join('');
}

describe('parseUnitFile', () => {
  const lines = fc.constantFrom(
    ...[
      '[Unit]',
      '[Service]',
      '[',
      '[]',
      'A=b',
      'A = b \\',
      'A=',
      '=b',
      'junk',
      '# c',
      ' ; c',
      '\\',
    ],
    ...[
      '',
      '  ',
      '\ufeff[Unit]',
      '\ufeff',
      'a\\\\',
      '\t--x \\',
      "E='q\\",
      '\u0000',
      '\udc80=\udcff',
    ],
  );
  const ends = fc.constantFrom('\n', '\r\n', '\r', '\n\r', '');
  const unitLike = fc
    .array(fc.tuple(lines, ends), { maxLength: 20 })
    .map(parts => parts.flat().join(''));

  test.each([
    ['a unit file', unitLike],
    ['any text', fc.string({ unit: 'binary' })],
  ])('loses nothing of %s', (_, texts) => {
    fc.assert(
      fc.property(texts, text => {
        const file = parseUnitFile(text);
        expect(joined(file)).toBe(text);
        for (const setting of allSettings(file)) {
          // Every character of a value is the text's, but for the backslash that systemd reads as a space.
          for (const { from, length, offset, continued } of setting.segments) {
            const there = text.slice(offset, offset + length);
            const here = setting.value.slice(from, from + length);
            expect(continued ? there.slice(0, -1) : there).toBe(
              continued ? here.slice(0, -1) : here,
            );
          }
        }
      }),
    );
  });

  test.each<[string, string, unknown[]]>([
    ['a setting', '[A]\nk = v w \n', [['A', 'k', 'v w']]],
    ['an equals sign in the value', '[A]\nk=a=b\n', [['A', 'k', 'a=b']]],
    [
      'repeated keys and sections',
      '[A]\nk=1\nk=2\n[A]\nk=3',
      [
        ['A', 'k', '1'],
        ['A', 'k', '2'],
        ['A', 'k', '3'],
      ],
    ],
    ['a continuation', '[A]\nk=a \\\n  b\n', [['A', 'k', 'a    b']]],
    ['a continuation with CRLF', '[A]\r\nk=a\\\r\nb\r\n', [['A', 'k', 'a b']]],
    ['comments within a continuation', '[A]\nk=a\\\n# x \\\n ;y\nb\n', [['A', 'k', 'a b']]],
    [
      'an empty line ends a continuation',
      '[A]\nk=a\\\n\nl=b\n',
      [
        ['A', 'k', 'a'],
        ['A', 'l', 'b'],
      ],
    ],
    ['a continuation at the end', '[A]\nk=a\\', [['A', 'k', 'a']]],
    [
      'two backslashes',
      '[A]\nk=a\\\\\nl=b\n',
      [
        ['A', 'k', 'a\\\\'],
        ['A', 'l', 'b'],
      ],
    ],
    [
      'a space behind the backslash',
      '[A]\nk=a\\ \nl=b\n',
      [
        ['A', 'k', 'a\\'],
        ['A', 'l', 'b'],
      ],
    ],
    ['a key on two lines', '[A]\nk\\\n=v\n', [['A', 'k', 'v']]],
    ['an empty value', '[A]\nk=\n', [['A', 'k', '']]],
    ['a byte order mark', '\ufeff[A]\nk=v\n', [['A', 'k', 'v']]],
    ['a carriage return alone', '[A]\rk=v\r', [['A', 'k', 'v']]],
    ['a comment sign in a value', '[A]\nk=v # no comment\n', [['A', 'k', 'v # no comment']]],
  ])('%s', (_, text, expected) => {
    const settings = allSettings(parseUnitFile(text));
    expect(settings.map(({ section, key, value }) => [section, key, value])).toEqual(expected);
  });

  test.each([
    ['before the first section', 'k=v\n', ['junk']],
    ['without an equals sign', '[A]\nword\n', ['section', 'junk']],
    ['without a key', '[A]\n =v\n', ['section', 'junk']],
    ['a broken section keeps the one before', '[A]\n[B\nk=v\n', ['section', 'junk', 'setting']],
    ['a marked comment', '\ufeff# c\n', ['junk']],
    ['comments and blank lines', '# c\n\n ; d\n', ['comment', 'blank', 'comment']],
  ])('junk: %s', (_, text, kinds) => {
    expect(parseUnitFile(text).parts.map(part => part.kind)).toEqual(kinds);
  });
});

describe('effectiveSettings', () => {
  test.each([
    ['a list adds up', ['[S]\nk=1\nk=2\n', '[S]\nk=3\n'], ['1', '2', '3']],
    ['an empty assignment starts again', ['[S]\nk=1\nk=\nk=2\n'], ['2']],
    ['a drop-in resets its unit', ['[S]\nk=1\n', '[S]\nk=\nk=2\n'], ['2']],
    ['a reset at the end leaves nothing', ['[S]\nk=1\nk=\n'], []],
    ['another section is another setting', ['[T]\nk=1\n[S]\nk=2\n'], ['2']],
  ])('%s', (_, texts, expected) => {
    const settings = effectiveSettings(texts.map(parseUnitFile), 'S', 'k');
    expect(settings.map(({ value }) => value)).toEqual(expected);
  });
});

describe('textRanges', () => {
  /** Removes the words between `from` and `to` of the value `a  b  c` and shows what is left of the text. */
  function remove(text: string, from: string, to: string): string {
    const [setting] = allSettings(parseUnitFile(text));
    if (!setting) throw new Error('no setting');
    const start = setting.value.indexOf(from);
    const end = setting.value.indexOf(to) + to.length;
    return textRanges(setting, start, end).reduceRight(
      (rest, range) => rest.slice(0, range.start) + rest.slice(range.end),
      text,
    );
  }

  test.each([
    ['within a line', '[S]\nk=a \\\n bcd \\\n e\n', 'c', 'c', '[S]\nk=a \\\n bd \\\n e\n'],
    ['across a break', '[S]\nk=aX \\\n Yb\n', 'X', 'Y', '[S]\nk=ab\n'],
    ['up to a break', '[S]\nk=aX \\\nb\n', 'X ', ' ', '[S]\nk=a\\\nb\n'],
    ['the break itself', '[S]\nk=aX\\\nb\n', 'X', 'X ', '[S]\nk=ab\n'],
    ['across two breaks', '[S]\nk=aX\\\n  \\\n Yb\n', 'X', 'Y', '[S]\nk=ab\n'],
    ['around a comment', '[S]\nk=aX \\\n# c\n Yb\n', 'X', 'Y', '[S]\nk=a\\\n# c\nb\n'],
  ])('%s', (_, text, from, to, expected) => {
    expect(remove(text, from, to)).toBe(expected);
  });
});
