import { deflateRawSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { ArchiveDamage } from '../../src/analyze/archive-damage.ts';
import { ByteSource } from '../../src/analyze/byte-source.ts';
import { gunzip } from '../../src/analyze/gunzip.ts';

const one = gzipSync('first');
const two = gzipSync('second');
const empty = gzipSync('');
const large = gzipSync(Buffer.alloc(1 << 20, 'large '), { level: 9 });
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
const TRAILING = 'data after the end of the gzip stream were ignored';

/** The inflated text, or how it is damaged; then the notes. */
async function inflate(bytes: Uint8Array, chunkSize: number): Promise<string[]> {
  const notes = new Set<string>();
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of gunzip(new ByteSource(pieces(bytes, chunkSize)), notes)) {
      chunks.push(Buffer.from(chunk));
    }
    return [Buffer.concat(chunks).toString(), ...notes];
  } catch (error) {
    if (error instanceof ArchiveDamage) return [`${error.kind}: ${error.message}`];
    throw error;
  }
}

async function* pieces(bytes: Uint8Array, chunkSize: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
}

test.each<[string, Uint8Array, string[]]>([
  ['one member', one, ['first']],
  ['two members', Buffer.concat([one, two]), ['firstsecond']],
  ['empty members', Buffer.concat([empty, one, empty]), ['first']],
  ['zero padding', Buffer.concat([one, Buffer.alloc(2000)]), ['first']],
  ['garbage', Buffer.concat([one, two, Buffer.from('garbage')]), ['firstsecond', TRAILING]],
  ['one byte of garbage', Buffer.concat([one, Buffer.of(0x1f)]), ['first', TRAILING]],
  ['zeros, then another member', Buffer.concat([one, Buffer.alloc(9), two]), ['first', TRAILING]],
  [
    'name, comment, extra field, checksum of the header',
    Buffer.concat([
      Buffer.from([0x1f, 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3, 2, 0, 1, 2]),
      Buffer.from('name\0comment\0\x11\x22'),
      one.subarray(10),
    ]),
    ['first'],
  ],
  ['stored blocks', gzipSync('stored', { level: 0 }), ['stored']],
  [
    'wrong checksum',
    damaged(one, one.length - 8),
    ['corrupt: the checksum of the compressed data does not match'],
  ],
  [
    'wrong length',
    damaged(one, one.length - 1),
    ['corrupt: the length of the compressed data does not match'],
  ],
  ['unknown method', damaged(one, 2), ['corrupt: unknown gzip method 247']],
  ['unknown flags', damaged(one, 3), ['corrupt: unknown gzip flags']],
  [
    'unknown block type',
    Buffer.concat([HEADER, Buffer.of(0x07), Buffer.alloc(20)]),
    ['corrupt: the compressed data are damaged (invalid block type)'],
  ],
  [
    'a name without an end',
    Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 8]), Buffer.alloc(6, 1)]),
    ['truncated: the compressed data end early'],
  ],
  [
    'no trailer',
    Buffer.concat([HEADER, deflateRawSync('x')]),
    ['truncated: the compressed data end early'],
  ],
])('%s', async (_title, bytes, expected) => {
  for (const chunkSize of [1, 2, 3, bytes.length]) {
    expect(await inflate(bytes, chunkSize)).toEqual(expected);
  }
});

test('cut off anywhere', async () => {
  for (let length = 2; length < one.length; length += 1) {
    const expected = ['truncated: the compressed data end early'];
    expect(await inflate(one.subarray(0, length), length), `${length} bytes`).toEqual(expected);
  }
});

test('garbage costs no data, however large the last piece is', async () => {
  const [text, note] = await inflate(Buffer.concat([large, Buffer.from('garbage')]), 1 << 20);
  expect(text?.length).toBe(1 << 20);
  expect(note).toBe(TRAILING);
});

test('an error of the input comes out as it is', async () => {
  const failure = new Error('EIO');
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield large.subarray(0, 100);
    throw failure;
  }
  const read = async () => {
    for await (const _ of gunzip(new ByteSource(failing()), new Set()));
  };
  await expect(read()).rejects.toBe(failure);
});

test('a reader that stops does not leave the inflater running', async () => {
  const source = new ByteSource(pieces(Buffer.concat([large, large]), 100));
  for await (const _ of gunzip(source, new Set())) break;
  const pulled = source.bytesPulled;
  await new Promise(resolve => setTimeout(resolve, 20));
  expect(source.bytesPulled - pulled).toBeLessThan(200);
});

function damaged(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
}
