import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  editField,
  fieldText,
  fieldWith,
  type TextField,
} from '../../../../src/ui/tui/parts/text-field.ts';

/** `|` stands at the cursor. */
function shown({ text, cursor }: TextField): string {
  const characters = [...text];
  return [...characters.slice(0, cursor), '|', ...characters.slice(cursor)].join('');
}

function typed(start: string, pressed: readonly string[]): TextField {
  return pressed.reduce<TextField>(
    (field, key) => editField(field, { kind: 'key', key }) ?? field,
    fieldWith(start),
  );
}

describe('editing', () => {
  test.each([
    ['ab', ['c'], 'abc|'],
    ['ab', ['left', 'c'], 'ac|b'],
    ['ab', ['home', 'c'], 'c|ab'],
    ['ab', ['home', 'left', 'delete'], '|b'],
    ['ab', ['backspace', 'backspace', 'backspace'], '|'],
    ['a/bc d', ['ctrl-w'], 'a/bc |'],
    ['a/bc', ['ctrl-w', 'ctrl-w'], '|'],
    ['abc', ['left', 'ctrl-u'], '|c'],
    ['abc', ['left', 'ctrl-k'], 'ab|'],
    ['abc', ['ctrl-a', 'ctrl-e'], 'abc|'],
    ['漢', ['字', 'left', 'backspace'], '|字'],
  ])('%s and %j', (start, pressed, result) => {
    expect(shown(typed(start, pressed))).toBe(result);
  });

  test('shows what a terminal would obey, with the cursor where it is', () => {
    expect(fieldText(typed('a\u001b[31mb', ['left']), 40)).toBe('a\\x1b[31m|b');
  });

  test('takes a paste as one line', () => {
    const field = editField(fieldWith('a'), { kind: 'paste', text: ' b\r\nc\n' });
    expect(field && shown(field)).toBe('ab c|');
  });

  test('leaves other keys to others', () => {
    expect(editField(fieldWith('a'), { kind: 'key', key: 'pageUp' })).toBeUndefined();
  });
});

test('the cursor stays in the text, and is shown, whatever one types', () => {
  const key = fc.oneof(
    fc.constantFrom('left', 'right', 'home', 'end', 'backspace', 'delete', 'ctrl-w', 'ctrl-k'),
    fc.string({ minLength: 1, maxLength: 1, unit: 'grapheme' }),
  );
  fc.assert(
    fc.property(
      fc.string(),
      fc.array(key),
      fc.integer({ min: 4, max: 60 }),
      (text, all, columns) => {
        const field = typed(text, all);
        expect(field.cursor).toBeGreaterThanOrEqual(0);
        expect(fieldText(field, columns)).toContain('|');
      },
    ),
  );
});
