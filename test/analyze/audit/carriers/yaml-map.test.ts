import { describe, expect, test } from 'vitest';
import { looseJsonMap, yamlMap } from '../../../../src/analyze/audit/carriers/yaml-map.ts';
import { mapLines } from '../../../support/map-lines.ts';

/** `path = text` for each scalar of the text. */
function check(text: string, expected: readonly string[]): void {
  expect(mapLines(yamlMap(text))).toEqual(expected);
}

describe('scalars', () => {
  test.each<[string, string, string[]]>([
    ['plain', 'a: b c', ['a = b c']],
    ['plain, with a comment', 'a: b #c # d', ['a = b']],
    ['plain, with a hash in it', 'a: b#c', ['a = b#c']],
    ['plain, with a colon in it', 'a: http://b:80/', ['a = http://b:80/']],
    ['plain, over several lines', 'a: b\n  c\n\n  d # e\nf: g', ['a = b c\nd', 'f = g']],
    ['plain, and a key below it', 'a: b\n  c: d', ['a = b', 'a.c = d']],
    ['a key in quotes', '"a b": c\n\'d\': e', ['a b = c', 'd = e']],
    ['a key with a colon', 'a:b: c', ['a:b = c']],
    ['no value', 'a:\nb:', ['a = ', 'b = ']],
    ['no colon', 'a\nb: c', ['b = c']],
    ['double quotes', String.raw`a: "b\n\"c\" \x41\u00e9" # d`, ['a = b\n"c" Aé']],
    ['double quotes over lines', 'a: "b\n  c\n\n  d \\\n  e"\nf: g', ['a = b c\nd e', 'f = g']],
    ['an escaped break', 'a: "b\\n\\\n   c"', ['a = b\nc']],
    ['blanks before a break go, escaped ones stay', 'a: "b \\t  \n  c"', ['a = b \t c']],
    ['single quotes', "a: 'b ''c'' \\n'", ["a = b 'c' \\n"]],
    ['single quotes over lines', "a: 'b\n  c'\nd: e", ['a = b c', 'd = e']],
    ['quotes that nobody closed', 'a: "b\nc: d', ['c = d']],
    [
      'a value on a line of its own',
      'a:\n  b c\n  d\ne:\n  "f"\ng:\n\n  {h: i}\n',
      ['a = b c d', 'e = f', 'g = ', 'g.h = i'],
    ],
    ['a tag', 'a: !!binary "b"\nc: !x d', ['a = b', 'c = d']],
    ['CRLF', 'a: b\r\nc: |\r\n  d\r\ne: f\r\n', ['a = b', 'c = d\r\n', 'e = f']],
  ])('%s', (_, text, expected) => check(text, expected));
});

describe('block scalars', () => {
  test.each<[string, string, string[]]>([
    ['literal', 'a: |\n  b\n    c\n\n  d\ne: f', ['a = b\n  c\n\nd\n', 'e = f']],
    [
      'with marks of every order',
      'a: |-\n b\nc: |+\n d\ne: |2-\n   f\ng: |-2\n   h',
      [...['a = b\n', 'c = d\n', 'e =  f\n', 'g =  h']],
    ],
    ['with a comment behind the mark', 'a: | # b\n  c', ['a = c']],
    ['an indentation that is told', 'a:\n  b: |1\n    c\n   d', ['a = ', 'a.b =  c\nd']],
    ['in a list', '- |\n  a\n- >\n  b\n  c\n', ['- = a\n', '- = b c\n']],
    ['in a list, at the key', 'a:\n- b: |\n    c\n  d: e', ['a = ', 'a.b = c\n', 'a.d = e']],
    ['folded', 'a: >\n  b\n  c\n\n  d\n    e\n  f\n', ['a = b c\nd\n  e\nf\n']],
    ['folded, with several blank lines', 'a: >-\n  b\n\n\n  c', ['a = b\n\nc']],
    ['empty', 'a: |\nb: c', ['b = c']],
    ['what looks like a key in it', 'a: |\n  b: c\n  # d\n- e: f', ['a = b: c\n# d\n', 'a.e = f']],
    [
      'templates at any column',
      'a: |\n  b\n{{- if .c }}\n  d\n{{- end }}\ne: f',
      [...['a = b\n{{- if .c }}\nd\n', 'e = f']],
    ],
  ])('%s', (_, text, expected) => check(text, expected));
});

describe('collections', () => {
  test.each<[string, string, string[]]>([
    [
      'mappings in mappings',
      'a:\n  b:\n    c: d\n  e: f\ng: h',
      [...['a = ', 'g = h', 'a.b = ', 'a.e = f', 'a.b.c = d']],
    ],
    [
      'lists of mappings',
      'a:\n  - b: c\n    d: e\n  - b: f\n',
      ['a = ', 'a.b = c', 'a.d = e', 'a.b = f'],
    ],
    [
      'a list at the column of its key',
      'a:\n- b: c\n- b: d\ne: f',
      ['a = ', 'e = f', 'a.b = c', 'a.b = d'],
    ],
    [
      'lists of texts',
      'a:\n  - b\n  - "c"\nd: [e, \'f\', "g"]',
      ['a = ', 'a.- = b', 'a.- = c', 'd.- = e', 'd.- = f', 'd.- = g'],
    ],
    ['lists in lists', '- - a\n  - b\n- c', ['- = a', '- = b', '- = c']],
    ['a dash alone', '-\n  a: b\n-\n  a: c', ['a = b', 'a = c']],
    [
      'flow',
      'a: {b: c, "d": \'e\', f: {g: [h, i]}}',
      ['a.b = c', 'a.d = e', 'a.f.g.- = h', 'a.f.g.- = i'],
    ],
    [
      'flow over lines',
      'a: {\n  b: c, # d\n  e:\n    f,\n}\ng: h',
      ['g = h', 'a.b = c', 'a.e = f'],
    ],
    ['flow in a list', 'a:\n  - {b: c}\n  - [d, e]', ['a = ', 'a.b = c', 'a.- = d', 'a.- = e']],
    ['flow that nobody closed', 'a: {b: c,\nd: e\nf: g', ['d = e', 'f = g', 'a.b = c']],
    ['brackets in quotes', 'a: ["}", "]"]\nb: c', ['b = c', 'a.- = }', 'a.- = ]']],
    ['addresses in flow', 'a: {b: http://c:80/d, e: f}', ['a.b = http://c:80/d', 'a.e = f']],
    ['templates in flow', 'a: {b: {{ .c }}, d: e}\nf: g', ['f = g', 'a.d = e']],
    ['pairs in a list', 'a: [b: c, d]', ['a.b = c', 'a.- = d']],
  ])('%s', (_, text, expected) => check(text, expected));
});

describe('anchors', () => {
  test.each<[string, string, string[]]>([
    ['a text', 'a: &x b\nc: *x\nd: [*x]', ['a = b', 'c = b', 'd.- = b']],
    ['a block', 'a: &x |\n  b\nc:\n  - d: *x', ['a = b\n', 'c = ', 'c.d = b\n']],
    ['a mapping', 'a: &x\n  b: c\nd: *x', ['a = ', 'd = ', 'a.b = c', 'd.b = c']],
    [
      'a merge',
      'a: &x\n  b: c\n  d: e\nf:\n  <<: *x\n  b: g',
      [...['a = ', 'f = ', 'a.b = c', 'a.d = e', 'f.b = g', 'f.d = e']],
    ],
    ['one that is not there', 'a: *x\nb: c', ['b = c']],
    ['one of another document', 'a: &x b\n---\nc: *x\nd: e', ['a = b', 'd = e']],
  ])('%s', (_, text, expected) => {
    // Where a merge has put a key is no matter.
    const sorted = (lines: readonly string[]) => [...lines].sort();
    expect(sorted(mapLines(yamlMap(text)).filter(line => line !== 'd = '))).toEqual(
      sorted(expected.filter(line => line !== 'd = ')),
    );
  });

  test('aliases of aliases do not grow', () => {
    const levels = Array.from({ length: 30 }, (_, level) => {
      const names =
        level === 0
          ? 'x: y'
          : Array(9)
              .fill(0)
              .map((_, key) => `k${key}: *a${level - 1}`)
              .join('\n  ');
      return `l${level}: &a${level}\n  ${names}\n`;
    });
    expect(mapLines(yamlMap(levels.join(''))).length).toBeLessThan(1000);
  });
});

describe('what is no YAML', () => {
  test.each<[string, string, string[]]>([
    ['documents', '---\na: b\n--- # c\nd: e\n...\nf: g', ['a = b', 'd = e', 'f = g']],
    ['a text behind the mark', '--- {a: b}\n--- "c"\n', ['a = b', '- = c']],
    [
      'templates',
      '{{- if .a }}\nb: {{ .c }}\n{{- end }}\n{% if d %}\ne: f\n{% endif %}',
      ['b = {{ .c }}', 'e = f'],
    ],
    ['a templated key', '{{ .a }}.service: b', ['{{ .a }}.service = b']],
    ['junk', ': a\n] b\n"c\nd: e', ['d = e']],
    ['nothing', '', []],
  ])('%s', (_, text, expected) => check(text, expected));
});

describe('a text in braces that is nearly JSON', () => {
  test.each<[string, string, string[]]>([
    ['comments', '{\n // a\n "b": "c", /* d */ "e": [1, "f"],\n}', ['b = c', 'e.- = 1', 'e.- = f']],
    ['a template', '{"a": [{{ range .b }}{"c": "{{ .d }}"},{{ end }}]}', ['a.c = {{ .d }}']],
    ['no blank behind the colon', '{"a":"b","c":{"d":"e"}}', ['a = b', 'c.d = e']],
    ['an address', '{"a": "http://b//c"}', ['a = http://b//c']],
    ['no end', '{"a": "b", "c": {', ['a = b']],
  ])('%s', (_, text, expected) => {
    expect(mapLines(looseJsonMap(text))).toEqual(expected);
  });
});
