import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { allMaps, type ConfigMap } from '../../../../src/analyze/audit/carriers/config-map.ts';
import { hereDocuments } from '../../../../src/analyze/audit/carriers/here-documents.ts';
import { jsonMap } from '../../../../src/analyze/audit/carriers/json-map.ts';
import { terraformMap } from '../../../../src/analyze/audit/carriers/terraform-map.ts';
import { textLiterals } from '../../../../src/analyze/audit/carriers/text-literals.ts';
import { yamlMap } from '../../../../src/analyze/audit/carriers/yaml-map.ts';
import { allDocuments, readDocument, rootOffset } from '../../../../src/analyze/audit/document.ts';
import { applyLineChanges, type Embedding } from '../../../../src/analyze/audit/embedding.ts';
import { applyEdits } from '../../../../src/rewrite/text-edit.ts';
import { mapLines } from '../../../support/map-lines.ts';

/** What the formats are made of, in every order. */
const PIECES = [
  ...[
    'a',
    'b: ',
    ': ',
    '- ',
    '-',
    '\n',
    '\n  ',
    '\n    ',
    ' ',
    '\t',
    '\r\n',
    '"',
    "'",
    '\\',
    '\\n',
    '\\"',
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    '#',
    ' # ',
    '|',
    '|2-',
    '>',
    '&a ',
    '*a',
    '!b ',
    '<<: ',
    '---\n',
    '{{ ',
    ' }}',
  ],
  ...[
    '{{- end }}\n',
    '//',
    '/*',
    '*/',
    '<<EOF',
    '<<-EOF\n',
    '\nEOF\n',
    'EOF',
    '= ',
    '${',
    '$',
    '`',
    '"""',
    '%5C',
  ],
  ...[
    'data:,',
    'data:;base64,',
    '[Service]\n',
    '#!/bin/sh\n',
    '/run/torcx/bin/a',
    '${TORCX_BINDIR}',
    'é',
    '😀',
    '\udc80',
  ],
];
const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map(pieces => pieces.join(''));

function embeddingsOf(root: ConfigMap | undefined): Embedding[] {
  if (!root) return [];
  return [...allMaps(root)].flatMap(map => [...map.scalars.values()].map(({ value }) => value));
}

/** The first text that stands under a key, wherever that is. */
function textOf(root: ConfigMap | undefined, key: string): Embedding | undefined {
  const maps = root ? [...allMaps(root)] : [];
  return maps.flatMap(map => map.scalars.get(key)?.value ?? [])[0];
}

describe('whatever a text holds, a reader gives texts with places in it', () => {
  test.each<[string, (source: string) => Embedding[]]>([
    ['YAML', source => embeddingsOf(yamlMap(source))],
    ['JSON', source => embeddingsOf(jsonMap(source))],
    ['Terraform', source => embeddingsOf(terraformMap(source))],
    ['here-documents', source => hereDocuments(source).map(({ embedding }) => embedding)],
    ['literals of programs', source => textLiterals(source).map(({ embedding }) => embedding)],
  ])('%s', (_, read) => {
    fc.assert(
      fc.property(text, source => {
        for (const embedding of read(source)) {
          let before = embedding.start;
          for (let offset = 0; offset <= embedding.text.length; offset += 1) {
            const outer = embedding.outerOffset(offset);
            expect(outer).toBeGreaterThanOrEqual(before);
            expect(outer).toBeLessThanOrEqual(source.length);
            before = outer;
          }
          expect(embedding.end).toBeGreaterThanOrEqual(before);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    '/a.yaml',
    '/a.json',
    '/a.tf',
    '/a.sh',
    '/Dockerfile',
    '/a.py',
    '/etc/systemd/system/a.service',
  ])('through all that is embedded, as %s', path => {
    fc.assert(
      fc.property(text, source => {
        for (const document of allDocuments(readDocument(path, source))) {
          for (const offset of [0, document.text.length]) {
            const outer = rootOffset(document, offset);
            expect(outer).toBeGreaterThanOrEqual(0);
            expect(outer).toBeLessThanOrEqual(source.length);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** Mappings, lists of mappings and lists of texts: what carriers consist of. */
const key = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9_.-]{0,6}$/),
  fc.constantFrom('a b', 'x:y', '/p', 'no', '1'),
);
const scalar = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\n',
        '\n\n',
        ' ',
        '  ',
        '# ',
        ': ',
        '"',
        "'",
        '\\',
        '- ',
        '{',
        ']',
        ',',
        '&',
        '*',
        '|',
      ),
      fc.stringMatching(/^[A-Za-z0-9/$.=]{1,8}$/),
    ),
    { maxLength: 12 },
  )
  .map(pieces => pieces.join(''));

interface Tree {
  readonly [key: string]: string | Tree | readonly string[] | readonly Tree[];
}

const tree: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree }>(tie => ({
  tree: fc.dictionary(
    key,
    fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      scalar,
      fc.array(scalar, { minLength: 1, maxLength: 3 }),
      tie('tree'),
      fc.array(tie('tree'), { minLength: 1, maxLength: 2 }),
    ),
    { minKeys: 1, maxKeys: 3, noNullPrototype: true },
  ),
})).tree;

/** `path = text` of every text, as mapLines has it, without the blanks at its end: what chomping does is no matter here. */
function treeLines(value: Tree[string], path: string): string[] {
  if (typeof value === 'string') return [`${path} = ${value}`.trimEnd()];
  if (Array.isArray(value)) {
    return value.flatMap(item => treeLines(item, typeof item === 'string' ? `${path}.-` : path));
  }
  return Object.entries(value).flatMap(([name, item]) =>
    treeLines(item, path === '' ? name : `${path}.${name}`),
  );
}

test('YAML of every style is read as its own parser reads it', () => {
  const style = fc.record({
    indent: fc.constantFrom(2, 4),
    indentSeq: fc.boolean(),
    lineWidth: fc.constantFrom(0, 40, 80),
    collectionStyle: fc.constantFrom('block' as const, 'flow' as const, 'any' as const),
    defaultStringType: fc.constantFrom(
      'PLAIN',
      'QUOTE_SINGLE',
      'QUOTE_DOUBLE',
      'BLOCK_LITERAL',
      'BLOCK_FOLDED',
    ),
    defaultKeyType: fc.constantFrom('PLAIN' as const, 'QUOTE_DOUBLE' as const),
  });
  fc.assert(
    fc.property(tree, style, (value, { defaultStringType, ...rest }) => {
      const source = stringify(value, { ...rest, defaultStringType, aliasDuplicateObjects: false });
      // The library writes the word where a line is too narrow for a text.
      fc.pre(!source.includes('undefined'));
      const read = mapLines(yamlMap(source))
        .map(line => line.trimEnd())
        // The key of a mapping or list has no text of its own.
        .filter(line => !line.endsWith(' ='))
        .sort();
      const expected = treeLines(parse(source), '')
        .filter(line => !line.endsWith(' ='))
        .sort();
      expect(read).toEqual(expected);
    }),
    { numRuns: 2000 },
  );
});

test('a change of a line is that change in the carrier, and of no other text', () => {
  const lines = fc.array(fc.stringMatching(/^[a-zA-Z0-9 ="'\\:/é😀$-]{0,12}$/u), {
    minLength: 1,
    maxLength: 5,
  });
  const carriers: readonly ((
    content: string,
  ) => [string, (source: string) => ConfigMap | undefined])[] = [
    content => [JSON.stringify({ a: content, b: 'c' }), jsonMap],
    content => [JSON.stringify({ a: content, b: 'c' }, null, 2), jsonMap],
    content => [`a: ${JSON.stringify(content)}\nb: c\n`, yamlMap],
    content => [`a: |2\n${content.replace(/^(?=.)/gm, '  ')}\nb: c\n`, yamlMap],
    content => [`a = ${JSON.stringify(content)}\nb = "c"\n`, terraformMap],
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...carriers),
      lines,
      fc.nat(),
      fc.constantFrom('', 'x\n', 'x y z\n'),
      (carrier, content, at, change) => {
        const [source, read] = carrier(`${content.join('\n')}\n`);
        const value = (from: string) => textOf(read(from), 'a');
        const embedding = value(source);
        const line = (at % content.length) + 1;
        const changes = [{ startLine: line, endLine: line, text: change }];
        const edits = embedding?.encode(changes);
        if (!embedding || !edits) return;
        const after = applyEdits(source, edits);
        const expected = applyLineChanges(embedding.text, changes);
        // A block without a line is no text any more.
        if (expected.trim() !== '') expect(value(after)?.text.trimEnd()).toBe(expected.trimEnd());
        expect(after).toMatch(/["']?b["']?\s*[:=]\s*["']?c/);
      },
    ),
    { numRuns: 1000 },
  );
});
