import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Octal, type YamlValue, yamlText } from '../../src/provision/yaml-text.ts';

/** As Butane's own parser reads it, which takes a leading zero for octal. */
const read = (text: string) => parse(text, { version: '1.1' });

describe('how it is written', () => {
  test.each<[string, YamlValue, string]>([
    ['a plain word', 'flatcar', 'a: flatcar\n'],
    ['a path', '/etc/extensions/docker.raw', 'a: /etc/extensions/docker.raw\n'],
    ['an address', 'https://a.example:8080/b.raw', 'a: https://a.example:8080/b.raw\n'],
    ['a version', '1.0.0', 'a: 1.0.0\n'],
    ['what would be a number', '1.0', 'a: "1.0"\n'],
    ['what would be a boolean', 'no', 'a: "no"\n'],
    ['what some readers take for a number', 'e0', 'a: "e0"\n'],
    ['a comment sign', 'a #b', 'a: "a #b"\n'],
    ['a switch', true, 'a: true\n'],
    ['a mode', new Octal(0o644), 'a: 0644\n'],
    ['nothing', [], 'a: []\n'],
    ['several lines', '[Unit]\nA=b\n\nC=d\n', 'a: |\n  [Unit]\n  A=b\n\n  C=d\n'],
    ['lines without an end', 'a\nb', 'a: "a\\nb"\n'],
    [
      'a list',
      [{ b: 'c', d: ['e', 'f'] }, 'g'],
      'a:\n  - b: c\n    d:\n      - e\n      - f\n  - g\n',
    ],
  ])('%s', (_, value, text) => expect(yamlText({ a: value })).toBe(text));
});

const plainData = fc.letrec<{ value: YamlValue; map: { [key: string]: YamlValue } }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.string({ unit: 'binary' }),
    fc.stringMatching(/^[ -~\n]*$/),
    fc.constantFrom(
      'y',
      'No',
      '~',
      '=',
      '<<',
      '0x1f',
      '1e3',
      '.inf',
      '2026-11-23',
      '1:20',
      '-',
      '? a',
    ),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('map'),
  ),
  map: fc.dictionary(
    fc.string().filter(key => key !== '__proto__'),
    tie('value'),
    { maxKeys: 4, noNullPrototype: true },
  ),
}));

test('a reader gets back what was written, whatever the texts are', () => {
  fc.assert(
    fc.property(plainData.map, data => {
      expect(read(yamlText({ data }))).toEqual({ data });
    }),
    { numRuns: 200 },
  );
});
