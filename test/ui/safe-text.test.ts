import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pathText } from '../../src/path-text.ts';
import { safeBlock, safeJson, safeText } from '../../src/ui/safe-text.ts';

describe('safeText', () => {
  test.each([
    ['usr/bin/dockerd', 'usr/bin/dockerd'],
    ['Grüße 日本 🐳', 'Grüße 日本 🐳'],
    ['a\\x2db', 'a\\x2db'],
    ['\u001b[31mred', '\\x1b[31mred'],
    ['a\nb\rc\td\0', 'a\\nb\\rc\\td\\x00'],
    ['\u007f\u0085\u009b', '\\x7f\\u0085\\u009b'],
    ['user\u202egnp.exe', 'user\\u202egnp.exe'],
    ['\u2066\u2069\u200f\u061c', '\\u2066\\u2069\\u200f\\u061c'],
    ['zero\u200bwidth\ufeff', 'zero\\u200bwidth\\ufeff'],
    ['line\u2028break', 'line\\u2028break'],
    ['tag\u{e0041}', 'tag\\u{e0041}'],
    [pathText(Uint8Array.of(0x61, 0xff, 0x80)), 'a\\xff\\x80'],
    ['\ud800', '\\ud800'],
  ])('%j', (text, expected) => {
    expect(safeText(text)).toBe(expected);
  });

  test('leaves nothing that is not plain text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(safeText(text)).not.toMatch(/[\p{Cc}\p{Cs}\p{Bidi_Control}]/u);
        expect(safeText(safeText(text))).toBe(safeText(text));
      }),
    );
  });
});

test('a block keeps its lines and tabs', () => {
  expect(safeBlock('a\tb\n\u001b[2J\r\n')).toBe('a\tb\n\\x1b[2J\\r\n');
});

test('JSON keeps its meaning', () => {
  fc.assert(
    fc.property(fc.json(), fc.string({ unit: 'binary' }), (json, text) => {
      const document = JSON.stringify([json, text], null, 2);
      const safe = safeJson(document);
      expect(JSON.parse(safe)).toEqual(JSON.parse(document));
      expect(safe).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
    }),
  );
});
