import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/analyze/entry.ts';
import { ToolError } from '../../src/errors.ts';
import { toolErrorOf } from '../support/catch-error.ts';
import { describeEntry, readBytesArchive } from '../support/read-bytes-archive.ts';
import { recordFigure } from '../support/record-figure.ts';
import { gnuLong, member, oldSparse, padded, pax, tar } from '../support/tar-builder.ts';

/** One of each structure that the door knows. */
const archive = tar(
  pax([['comment', 'global']], 'g'),
  member({ name: './d/', type: '5', mode: 0o755 }),
  pax([
    ['path', 'd/pax'],
    ['SCHILY.xattr.user.x', Uint8Array.of(0xff, 0)],
    ['mtime', '1.5'],
  ]),
  member({ name: 'cut', data: 'PAX' }),
  gnuLong('L', 'd/gnu'),
  gnuLong('K', 'pax'),
  member({ name: 'cut', type: '2', linkName: 'cut', format: 'gnu' }),
  oldSparse({
    name: 'sparse',
    data: 'abcde',
    pieces: [
      [0, 1],
      [2, 1],
      [4, 1],
      [6, 1],
      [8, 1],
    ],
    realSize: 10,
  }),
  pax([
    ['GNU.sparse.major', '1'],
    ['GNU.sparse.minor', '0'],
    ['GNU.sparse.realsize', '4'],
    ['GNU.sparse.name', 'd/s'],
  ]),
  member({ name: 'x', data: Buffer.concat([padded(Buffer.from('1\n1\n2\n')), Buffer.from('ab')]) }),
  member({ name: 'hard', type: '1', linkName: 'd/pax' }),
  member({ name: 'v7', type: '\0', format: 'v7', uid: 2 ** 31, data: 'v7' }),
);
const gzipped = gzipSync(archive, { level: 9 });

describe('cut off at every byte', () => {
  test('a tar file', async context => {
    for (let length = 0; length < archive.length; length += 1) {
      const expected =
        length === 0 ? 'input-empty' : length < 262 ? 'input-not-archive' : 'archive-truncated';
      const { code } = await toolErrorOf(() => readBytesArchive(archive.subarray(0, length)));
      expect(code, `${length} bytes`).toBe(expected);
    }
    recordFigure(context, `${archive.length} archives`);
  });

  test('a gzipped tar file', async context => {
    for (let length = 0; length < gzipped.length; length += 1) {
      const expected =
        length === 0 ? 'input-empty' : length < 2 ? 'input-not-archive' : 'archive-truncated';
      const { code } = await toolErrorOf(() => readBytesArchive(gzipped.subarray(0, length)));
      expect(code, `${length} bytes`).toBe(expected);
    }
    recordFigure(context, `${gzipped.length} archives`);
  });

  test('the error tells how far the archive was good', async () => {
    const error = await toolErrorOf(() => readBytesArchive(archive.subarray(0, 4000)));
    expect(error).toEqual({
      code: 'archive-truncated',
      facts: { at: 4000, entry: 3, lastGood: 'd/pax' },
    });
  });
});

describe('a bit flipped at every byte', () => {
  test('a tar file: an error or a result that can be read', async context => {
    for (let at = 0; at < archive.length; at += 1) {
      await readFlipped(archive, 8 * at + ((at * 5) % 8));
    }
    recordFigure(context, `${archive.length} archives`);
  });

  test('every bit of one header', async context => {
    const start = archive.indexOf('cut');
    for (let bit = 8 * start; bit < 8 * (start + 512); bit += 1) await readFlipped(archive, bit);
    recordFigure(context, `${8 * 512} archives`);
  });

  test('a gzipped tar file: an error or the same result', async context => {
    const whole = await readFlipped(gzipped, undefined);
    for (let bit = 0; bit < 8 * gzipped.length; bit += 1) {
      const result = await readFlipped(gzipped, bit);
      if (result) expect(result, `bit ${bit}`).toEqual(whole);
    }
    recordFigure(context, `${8 * gzipped.length} archives`);
  });
});

/** The entries in lines; undefined for a ToolError. Anything else fails the test. */
async function readFlipped(
  bytes: Uint8Array,
  bit: number | undefined,
): Promise<string[] | undefined> {
  const copy = Buffer.from(bytes);
  if (bit !== undefined) copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  try {
    const { entries } = await readBytesArchive(copy);
    return await Promise.all(entries.map(describeSmall));
  } catch (error) {
    if (error instanceof ToolError) return undefined;
    throw new Error(`bit ${bit}`, { cause: error });
  }
}

/** A flipped bit can make a sparse file of 50 GiB, which is valid but nothing to read here. */
async function describeSmall(entry: Entry): Promise<string> {
  if (entry.kind !== 'file' || entry.content.size < 1 << 20) return describeEntry(entry);
  return `${entry.path} of ${entry.content.size} bytes`;
}
