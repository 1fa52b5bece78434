import { beforeAll, expect, test } from 'vitest';
import { checkImage } from '../../../src/builder/squashfs/check-image.ts';
import { parseSuperblock } from '../../../src/builder/squashfs/superblock.ts';
import { bytesContent } from '../../../src/content.ts';
import { goldenImage } from '../../support/golden-image.ts';
import { file, imageOf, prose } from '../../support/image-trees.ts';

const u16 = (value: number) => [value & 0xff, value >> 8];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];
const u64 = (value: number) => [...u32(value), ...u32(0)];
const NONE = [0xff, 0xff, 0xff, 0xff];

test('the golden image passes', async () => {
  await checkImage(bytesContent(goldenImage()));
});

/** Bytes written over the golden image, whose metadata is raw. Offsets: test/support/golden-image.ts. */
const defects: [defect: string, offset: number, bytes: readonly number[], reason: RegExp][] = [
  ['another magic', 0x00, [0x73, 0x71, 0x73, 0x68], /magic/],
  ['an inode too many counted', 0x04, u32(4), /export table|inodes/],
  ['an inode too few counted', 0x04, u32(2), /export table|inode number/],
  ['blocks of 2 KiB', 0x0c, u32(2048), /block size/],
  ['a fragment too many counted', 0x10, u32(2), /fragment table/],
  ['an unknown compressor', 0x14, u16(9), /compressor/],
  ['another block logarithm', 0x16, u16(16), /logarithm/],
  ['options that are not there', 0x18, u16(0x7cb), /options/],
  ['a flag that denies the export table', 0x18, u16(0x34b), /exportable/],
  ['a flag that promises attributes', 0x18, u16(0x1cb), /xattr flag/],
  ['no ids', 0x1a, u16(0), /no ids/],
  ['version 3', 0x1c, u16(3), /version/],
  ['version 4.1', 0x1e, u16(1), /version/],
  ['a root reference at offset 8192', 0x20, u64(0x2000), /root inode/],
  ['a root reference into another inode', 0x20, u64(0x41), /root/],
  ['a root reference to a file', 0x20, u64(0), /root/],
  ['padding counted as used', 0x28, u64(0x1000), /id table/],
  ['more used than there is', 0x28, u64(0x2000), /padding/],
  ['an id table elsewhere', 0x30, u64(0x134), /id table/],
  ['an xattr table with 0 sets', 0x38, u64(0x300), /xattr flag/],
  ['inodes after directories', 0x40, u64(0xc6), /before directory/],
  ['a gap before the directories', 0x48, u64(0xc6), /table/],
  ['no fragment table', 0x50, [...NONE, ...NONE], /fragment table/],
  ['a fragment table elsewhere', 0x50, u64(0x104), /fragment table/],
  ['no export table', 0x58, [...NONE, ...NONE], /exportable/],
  ['an export table elsewhere', 0x58, u64(0x126), /export table/],
  ['an inode block of length 0', 0x63, u16(0x8000), /0 bytes/],
  ['an inode block that is too short', 0x63, u16(0x805f), /inode table/],
  ['an inode block that is said to be compressed', 0x63, u16(0x0060), /expand/],
  ['an unknown inode type', 0x65, u16(15), /type/],
  ['type bits in the mode', 0x67, u16(0o100644), /type bits/],
  ['an owner beyond the ids', 0x69, u16(1), /owner/],
  ['a group beyond the ids', 0x6b, u16(1), /owner/],
  ['inode number 0', 0x71, u32(0), /inode number 0/],
  ['an inode number above the count', 0x71, u32(4), /inode number 4/],
  ['an inode number twice', 0x91, u32(2), /two inodes/],
  ['data that starts elsewhere', 0x75, u32(96), /./],
  ['a fragment that is not there', 0x79, u32(1), /no fragment 1/],
  ['a tail beyond its fragment', 0x7d, u32(131070), /does not fit/],
  ['a tail behind the bytes of its fragment', 0x7d, u32(1), /instead of 4/],
  ['a file of another size', 0x81, u32(4), /instead of 4/],
  ['a fragment for a file of whole blocks', 0x81, u32(131072), /./],
  ['an empty file with a fragment', 0x81, u32(0), /without a tail/],
  ['a directory with too few links', 0x99, u32(1), /links/],
  ['a root with too many links', 0xb9, u32(4), /links/],
  ['the 3 forgotten in a directory size', 0x9d, u16(21), /lie beyond|cut|directory/],
  ['a directory size one too large', 0x9d, u16(25), /./],
  ['a listing that starts elsewhere', 0x9f, u16(1), /./],
  ['another parent', 0xa1, u32(2), /parent/],
  ['a parent of the root', 0xc1, u32(3), /root has a parent/],
  ['a directory block beyond the fragments', 0xc5, u16(0x802d), /directory table/],
  ['a header of 257 entries', 0xc7, u32(256), /257 entries/],
  ['a header for another inode block', 0xcb, u32(1), /where no inode starts/],
  ['another base number', 0xcf, u32(1), /number/],
  ['an entry for another inode', 0xd3, u16(0x20), /number/],
  ['an entry in the middle of an inode', 0xd3, u16(0x10), /where no inode starts/],
  ['an entry at offset 8192', 0xd3, u16(0x2000), /where no inode starts/],
  ['a number that differs from the inode', 0xd5, u16(1), /number/],
  ['an extended type in an entry', 0xd7, u16(9), /type/],
  ['a name with a slash', 0xdb, [0x2f], /bad name/],
  ['a name with a NUL', 0xdb, [0], /bad name/],
  ['the name .', 0xdb, [0x2e], /bad name/],
  ['a longer name', 0xd9, u16(1), /./],
  ['a directory that lists itself', 0xe8, [...u16(0x40), ...u16(2)], /two names|parent/],
  ['a fragment before the data', 0xf5, u64(0x5f), /outside/],
  ['a fragment after the data', 0xf5, u64(0x61), /outside/],
  ['a fragment word of 0', 0xfd, u32(0), /hole/],
  ['a raw fragment of 0 bytes', 0xfd, u32(1 << 24), /instead of 3/],
  ['bits without meaning in a word', 0xfd, u32(3 | (3 << 24)), /bits/],
  ['a fragment that is said to be compressed', 0xfd, u32(3), /larger/],
  ['an unused field that is not 0', 0x101, u32(1), /unused/],
  ['fragment entries elsewhere', 0x105, u64(0xf2), /./],
  ['an export entry for another inode', 0x10f, u64(0x40), /export table/],
  ['export blocks elsewhere', 0x127, u64(0x10c), /./],
  ['id blocks elsewhere', 0x135, u64(0x12e), /table/],
  ['padding that is not zero', 0x13d, [1], /padding/],
  ['padding that is not zero at its end', 0xfff, [1], /padding/],
];

test.each(defects)('%s is found', async (_defect, offset, bytes, reason) => {
  const image = goldenImage();
  expect(bytes).not.toEqual([...image.subarray(offset, offset + bytes.length)]);
  image.set(bytes, offset);
  await expectDefect(image, reason);
});

test.each([
  ['no padding', goldenImage().subarray(0, 0x13d), /padding/],
  ['padding to 512', goldenImage().subarray(0, 512), /padding/],
  ['a page too much', new Uint8Array([...goldenImage(), ...new Uint8Array(4096)]), /padding/],
  ['half a superblock', goldenImage().subarray(0, 50), /fit/],
])('%s is found', async (_defect, image, reason) => {
  await expectDefect(image, reason);
});

let zstdImage = new Uint8Array();
let gzipImage = new Uint8Array();
let xattrImage = new Uint8Array();
beforeAll(async () => {
  const nodes = [file('a', prose(200_000))];
  zstdImage = new Uint8Array(await imageOf(nodes));
  gzipImage = new Uint8Array(await imageOf(nodes, { compression: { name: 'gzip', level: 1 } }));
  const xattrs = new Map([['user.a', Uint8Array.of(1, 2, 3)]]);
  xattrImage = new Uint8Array(await imageOf([file('a', 'x', { xattrs })]));
});

/** The first data block starts behind the superblock and the compressor's options: 96 + 2 + 4 bytes. */
const FRAME = 102;

const frameDefects: [defect: string, offset: number, bytes: readonly number[], reason: RegExp][] = [
  ['no frame', FRAME, [0], /no zstd frame/],
  ['a frame without content size', FRAME + 4, [0x00, 0x88], /without content size/],
  // Not single-segment: a window of 2^18 is declared, and the content size (flag 2, 4 bytes) follows.
  ['a window above the block size', FRAME + 4, [0x80, 0x40, ...u32(131072)], /window of 262144/],
  ['another content size', FRAME + 5, u32(131071), /131071 instead of 131072/],
  ['options that are compressed', 96, u16(4), /options/],
  ['options of another length', 96, u16(0x8005), /options/],
  ['level 0', 98, u32(0), /level 0/],
  ['level 23', 98, u32(23), /level 23/],
];

test.each(frameDefects)('zstd: %s is found', async (_defect, offset, bytes, reason) => {
  expect(zstdImage.subarray(FRAME, FRAME + 4)).toEqual(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd));
  const image = zstdImage.slice();
  image.set(bytes, offset);
  await expectDefect(image, reason);
});

test('zstd: a frame that ends before its block, as when a second one follows, is found', async () => {
  const image = zstdImage.slice();
  const blockHeader = FRAME + 4 + 1 + 4;
  const [low = 0, middle = 0, high = 0] = image.subarray(blockHeader);
  const shorter = (low | (middle << 8) | (high << 16)) - (1 << 3);
  image.set([shorter & 0xff, (shorter >> 8) & 0xff, shorter >> 16], blockHeader);
  await expectDefect(image, /more or less than one zstd frame/);
});

test('gzip: raw deflate is found', async () => {
  const image = gzipImage.slice();
  // The options of gzip take 2 + 8 bytes.
  expect(image[106]).toBe(0x78);
  image[106] = 0x4b;
  await expectDefect(image, /no zlib stream/);
});

const xattrDefects: [defect: string, offset: number, bytes: readonly number[], reason: RegExp][] = [
  ['0 sets', 8, u32(0), /without any/],
  ['a set too many counted', 8, u32(2), /xattr id table/],
  ['an unused field that is not 0', 12, u32(1), /unused/],
  ['pairs that start elsewhere', 0, u64(1), /table/],
  ['id blocks elsewhere', 16, u64(1), /table/],
];

test.each(xattrDefects)('xattrs: %s is found', async (_defect, offset, bytes, reason) => {
  const image = xattrImage.slice();
  image.set(bytes, (parseSuperblock(image).xattrTable ?? 0) + offset);
  await expectDefect(image, reason);
});

test('a failing disk is no defect of the image', async () => {
  const broken = { size: 4096, readInto: async () => Promise.reject(new Error('EIO')) };
  await expect(checkImage(broken)).rejects.toThrow(/^EIO$/);
});

async function expectDefect(image: Uint8Array, reason: RegExp): Promise<void> {
  await expect(checkImage(bytesContent(image))).rejects.toThrow(
    expect.objectContaining({
      code: 'self-check-failed',
      facts: { reason: expect.stringMatching(reason) },
    }),
  );
}
