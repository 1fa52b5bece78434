import { expect, it } from 'vitest';
import { type DuplicateGroup, duplicateFiles } from '../../src/analyze/duplicate-files.ts';
import { bytesContent, type Content, sparseContent } from '../../src/content.ts';
import { entriesOf } from '../support/entries.ts';

type Table = Parameters<typeof entriesOf>[0];

async function check(table: Table, expected: readonly DuplicateGroup[]): Promise<void> {
  expect(await duplicateFiles(entriesOf(table).values())).toEqual(expected);
}

const EXBIBYTES = 2 ** 53 - 1;

function sparse(offset: number, text: string): { kind: 'file'; content: Content } {
  const piece = { offset, length: text.length };
  return {
    kind: 'file',
    content: sparseContent(bytesContent(Buffer.from(text)), [piece], EXBIBYTES),
  };
}

it.each<[string, Table, readonly DuplicateGroup[]]>([
  ['nothing', {}, []],
  ['files that differ', { a: 'x', b: 'y', c: 'xx' }, []],
  ['copies', { 'a/1': 'x', b: 'x', c: 'y', d: 'x' }, [{ size: 1, paths: ['a/1', 'b', 'd'] }]],
  [
    'several groups of one size',
    { a: 'x', b: 'y', c: 'x', d: 'y' },
    [
      { size: 1, paths: ['a', 'c'] },
      { size: 1, paths: ['b', 'd'] },
    ],
  ],
  ['empty files, which waste nothing', { a: '', b: '' }, []],
  ['a hard link, which is no copy', { a: 'x', b: { hard: 'a' } }, []],
  [
    'holes of exbibytes',
    { a: sparse(5, 'x'), b: sparse(5, 'x'), c: sparse(6, 'x') },
    [{ size: EXBIBYTES, paths: ['a', 'b'] }],
  ],
])('%s', (_name, table, expected) => check(table, expected));

it('reads no file whose size no other has', async () => {
  const content: Content = {
    size: 3,
    readInto: () => Promise.reject(new Error('was read')),
  };
  await check({ a: { kind: 'file', content }, b: 'xx' }, []);
});
