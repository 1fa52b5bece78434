import { expect, test } from 'vitest';
import { MetadataReader } from '../../../src/builder/squashfs/metadata-reader.ts';
import { MetadataWriter } from '../../../src/builder/squashfs/metadata-writer.ts';
import { bytesContent } from '../../../src/content.ts';
import { noise } from '../../support/image-trees.ts';

const raw = (block: Uint8Array) => block;

/** Record length → position after so many records, blocks stored raw. */
const positions: [length: number, count: number, block: number, offset: number][] = [
  [8192, 1, 8194, 0],
  [4096, 2, 8194, 0],
  [4096, 3, 8194, 4096],
  [8191, 1, 0, 8191],
  [8193, 1, 8194, 1],
  [20000, 1, 2 * 8194, 20000 - 2 * 8192],
];

test.each(positions)(
  'after records of %i bytes, %i of them: %i:%i',
  (length, count, block, offset) => {
    const writer = new MetadataWriter(raw);
    for (let left = count; left > 0; left -= 1) writer.append(new Uint8Array(length));
    expect(writer.position).toEqual({ block, offset });
  },
);

test('records are read back at their references, across blocks', async () => {
  const writer = new MetadataWriter(raw);
  const records = Array.from({ length: 40 }, (_, index) => noise(1 + index * 97, index + 1));
  const refs = records.map(record => {
    const ref = writer.position;
    writer.append(record);
    return ref;
  });
  const table = Buffer.concat([new Uint8Array(11), ...writer.finish().chunks]);
  const reader = new MetadataReader(bytesContent(table), raw);
  for (const [index, record] of records.entries()) {
    const ref = refs[index];
    if (!ref) throw new Error('no reference');
    expect(new Uint8Array(await reader.cursor(11, ref).take(record.length))).toEqual(record);
  }
});

test.each([
  ['an empty block', [0x00, 0x80]],
  ['a block above 8 KiB', [0x01, 0xa0, ...new Uint8Array(8193)]],
  ['a block beyond the end', [0x05, 0x80, 1]],
  ['half a header', [0x05]],
])('%s is refused', async (_name, bytes) => {
  const reader = new MetadataReader(bytesContent(Uint8Array.from(bytes)), raw);
  await expect(reader.cursor(0, { block: 0, offset: 0 }).take(1)).rejects.toThrow(RangeError);
});
