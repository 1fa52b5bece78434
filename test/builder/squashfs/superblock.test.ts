import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseSuperblock, superblockToBytes } from '../../../src/builder/squashfs/superblock.ts';
import { goldenImage } from '../../support/golden-image.ts';

test('the golden image is the one that mksquashfs wrote', () => {
  const digest = createHash('sha256').update(goldenImage()).digest('hex');
  expect(digest).toBe('63eadfe3321cba56ec5af8fdef701fdd0c2ee9860279c5913904267c792a3e7e');
});

test('the golden superblock reads as it was made, and writes as it was read', () => {
  const bytes = goldenImage().subarray(0, 96);
  const record = parseSuperblock(bytes);
  expect(record).toEqual({
    inodeCount: 3,
    mtime: 0,
    blockSize: 131072,
    fragmentCount: 1,
    compression: 6,
    blockLog: 17,
    flags: 0x3cb,
    idCount: 1,
    major: 4,
    minor: 0,
    rootInode: { block: 0, offset: 0x40 },
    bytesUsed: 0x13d,
    idTable: 0x135,
    xattrTable: null,
    inodeTable: 0x63,
    directoryTable: 0xc5,
    fragmentTable: 0x105,
    exportTable: 0x127,
  });
  expect(superblockToBytes(record)).toEqual(bytes);
});

test('positions above 4 GiB survive', () => {
  const record = {
    ...parseSuperblock(goldenImage()),
    inodeTable: 2 ** 40 + 1,
    xattrTable: 2 ** 33,
  };
  expect(parseSuperblock(superblockToBytes(record))).toEqual(record);
});

test('other magics and short inputs are refused', () => {
  expect(() => parseSuperblock(new Uint8Array(96))).toThrow(/magic/);
  expect(() => parseSuperblock(goldenImage().subarray(0, 95))).toThrow(RangeError);
});
