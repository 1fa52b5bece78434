import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type DirectoryEntry,
  parseListing,
  writeListing,
} from '../../../src/builder/squashfs/directory.ts';
import { MetadataWriter } from '../../../src/builder/squashfs/metadata-writer.ts';
import { goldenImage } from '../../support/golden-image.ts';

test('the golden listings read as they were made, and write as they were read', () => {
  const table = goldenImage().subarray(0xc7, 0xf3);
  const usr = [...parseListing(table.subarray(0, 21))];
  const root = [...parseListing(table.subarray(21))];
  expect(usr).toEqual([{ ...entry('a', 2, 0), type: 2, headerOffset: 0 }]);
  expect(root).toEqual([{ ...entry('usr', 1, 0x20), type: 1, headerOffset: 0 }]);
  const { bytes } = write(usr, root);
  expect(bytes).toEqual(table);
});

const many = (count: number, change: (index: number) => Partial<DirectoryEntry> = () => ({})) =>
  Array.from({ length: count }, (_, index) => ({
    ...entry(`n${String(index).padStart(6, '0')}`, index + 1, 0),
    ...change(index),
  }));

/** How many headers a listing needs. */
const headers: [name: string, entries: DirectoryEntry[], count: number][] = [
  ['no entry', [], 0],
  ['256 entries', many(256), 1],
  ['257 entries', many(257), 2],
  ['two inode blocks', many(10, index => ({ ref: { block: index < 5 ? 0 : 99, offset: 0 } })), 2],
  ['number 32767 above the first', many(2, index => ({ number: 1 + index * 32767 })), 1],
  ['number 32768 above the first', many(2, index => ({ number: 1 + index * 32768 })), 2],
  ['number 32768 below the first', many(2, index => ({ number: 40000 - index * 32768 })), 1],
  ['number 32769 below the first', many(2, index => ({ number: 40000 - index * 32769 })), 2],
];

test.each(headers)('%s', (_name, entries, count) => {
  const { bytes } = write(entries);
  const parsed = [...parseListing(bytes)];
  expect(parsed).toMatchObject(entries);
  expect(new Set(parsed.map(({ headerOffset }) => headerOffset)).size).toBe(count);
});

test('a listing above 8 KiB has an index that points at headers, at most 8 KiB apart', () => {
  // The listing starts inside a block, so that its blocks and its 8 KiB pieces do not coincide.
  const before = many(100);
  const entries = many(5000);
  const writer = new MetadataWriter(block => block);
  writeListing(before, writer);
  const start = writer.position;
  const { index, listing, listingSize } = writeListing(entries, writer);
  expect(listing).toEqual(start);
  const stored = Buffer.concat(writer.finish().chunks);
  const bytes = unpack(stored).subarray(start.offset, start.offset + listingSize);
  const parsed = [...parseListing(bytes)];
  expect(parsed).toMatchObject(entries);
  expect(index.length).toBeGreaterThanOrEqual(Math.floor(listingSize / 8192));
  let previous = 0;
  for (const { offset, block, name } of index) {
    expect(parsed.find(({ headerOffset }) => headerOffset === offset)?.name).toEqual(name);
    expect(offset - previous).toBeLessThanOrEqual(8192);
    expect(block).toBe(Math.floor((start.offset + offset) / 8192) * 8194);
    previous = offset;
  }
  expect(listingSize - previous).toBeLessThanOrEqual(8192);
});

test('an index entry is at most 8 KiB behind the one before, wherever new inode blocks want headers', () => {
  const listing = fc.array(
    fc.record({ length: fc.integer({ min: 1, max: 200 }), block: fc.nat(3) }),
    {
      minLength: 40,
      maxLength: 400,
    },
  );
  fc.assert(
    fc.property(listing, rows => {
      const entries = rows.map(({ length, block }, index) => ({
        ...entry(`${index}`.padStart(4, '0') + 'n'.repeat(length), index + 1, 0),
        ref: { block, offset: 0 },
      }));
      const writer = new MetadataWriter(block => block);
      const { index, listingSize } = writeListing(entries, writer);
      const places = [0, ...index.map(({ offset }) => offset), listingSize];
      for (const [at, place] of places.entries())
        expect(place - (places[at - 1] ?? 0)).toBeLessThanOrEqual(8192);
    }),
  );
});

test('a listing of 8 KiB or less has none', () => {
  const entries = many(256).slice(0, 250);
  expect(write(entries).index).toEqual([]);
});

test('a header of 257 entries and a cut listing are refused', () => {
  const { bytes } = write(many(3));
  expect(() => [...parseListing(bytes.subarray(0, -1))]).toThrow(RangeError);
  const lying = bytes.slice();
  lying.set([0, 1], 0);
  expect(() => [...parseListing(lying)]).toThrow(/257 entries/);
});

function entry(name: string, number: number, offset: number): DirectoryEntry {
  return { name: new TextEncoder().encode(name), type: 2, ref: { block: 0, offset }, number };
}

function write(...listings: DirectoryEntry[][]) {
  const writer = new MetadataWriter(block => block);
  const index = listings.flatMap(entries => writeListing(entries, writer).index);
  return { bytes: unpack(Buffer.concat(writer.finish().chunks)), index };
}

function unpack(stored: Uint8Array): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < stored.length; at += 2 + 8192)
    blocks.push(stored.subarray(at + 2, at + 2 + 8192));
  return new Uint8Array(Buffer.concat(blocks));
}
