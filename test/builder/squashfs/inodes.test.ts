import { expect, test } from 'vitest';
import { NONE } from '../../../src/builder/squashfs/format.ts';
import {
  decodeDevice,
  encodeDevice,
  type Inode,
  type InodeBody,
} from '../../../src/builder/squashfs/inodes.ts';
import { readInode } from '../../../src/builder/squashfs/read-inode.ts';
import { inodeToBytes } from '../../../src/builder/squashfs/write-inode.ts';
import { goldenImage } from '../../support/golden-image.ts';

const BLOCK_SIZE = 131072;
const HEADER = {
  mode: 0o6755,
  uid: 1,
  gid: 2,
  mtime: 0xffff_fffe,
  number: 7,
  links: 1,
  xattr: NONE,
};
const FILE = {
  type: 'file',
  blocksStart: 96,
  size: 3,
  sparse: 0,
  fragment: 0,
  fragmentOffset: 5,
  words: new Uint32Array(),
} as const;
const DIRECTORY = {
  type: 'directory',
  listing: { block: 8194, offset: 21 },
  listingSize: 21,
  parent: 3,
  index: [],
} as const;
const target = new TextEncoder().encode('../lib');

/** The code on disk tells the form: extended ones are 7 higher. */
const records: [name: string, code: number, inode: Inode][] = [
  ['file', 2, { ...HEADER, ...FILE }],
  [
    'file with blocks',
    2,
    { ...HEADER, ...FILE, size: 2 * BLOCK_SIZE + 1, words: Uint32Array.of(9, 0) },
  ],
  [
    'file of whole blocks',
    2,
    {
      ...HEADER,
      ...FILE,
      size: BLOCK_SIZE,
      fragment: NONE,
      fragmentOffset: 0,
      words: Uint32Array.of(1 << 24),
    },
  ],
  ['file with two names', 9, { ...HEADER, ...FILE, links: 2 }],
  ['file with holes', 9, { ...HEADER, ...FILE, sparse: 2 }],
  [
    'file of 4 GiB',
    9,
    {
      ...HEADER,
      ...FILE,
      size: 2 ** 32,
      fragment: NONE,
      fragmentOffset: 0,
      words: new Uint32Array(2 ** 15),
    },
  ],
  ['file beyond 4 GiB', 9, { ...HEADER, ...FILE, blocksStart: 2 ** 32 }],
  ['file with xattrs', 9, { ...HEADER, ...FILE, xattr: 0 }],
  ['directory', 1, { ...HEADER, ...DIRECTORY }],
  ['empty directory', 1, { ...HEADER, ...DIRECTORY, listingSize: 0 }],
  ['directory at the basic limit', 1, { ...HEADER, ...DIRECTORY, listingSize: 65532 }],
  ['directory above the basic limit', 8, { ...HEADER, ...DIRECTORY, listingSize: 65533 }],
  ['directory with xattrs', 8, { ...HEADER, ...DIRECTORY, xattr: 3 }],
  [
    'directory with an index',
    8,
    { ...HEADER, ...DIRECTORY, index: [{ offset: 8000, block: 77, name: target }] },
  ],
  ['symlink', 3, { ...HEADER, type: 'symlink', target }],
  ['symlink with two names', 3, { ...HEADER, links: 2, type: 'symlink', target }],
  ['symlink with xattrs', 10, { ...HEADER, xattr: 1, type: 'symlink', target }],
  ['block device', 4, { ...HEADER, type: 'block-device', rdev: 0x11110370 }],
  ['block device with xattrs', 11, { ...HEADER, xattr: 1, type: 'block-device', rdev: 0x801 }],
  ['char device', 5, { ...HEADER, type: 'char-device', rdev: 0x10052c }],
  ['char device with xattrs', 12, { ...HEADER, xattr: 1, type: 'char-device', rdev: 1 }],
  ['fifo', 6, { ...HEADER, type: 'fifo' }],
  ['fifo with xattrs', 13, { ...HEADER, xattr: 1, type: 'fifo' }],
  ['socket', 7, { ...HEADER, type: 'socket' }],
  ['socket with xattrs', 14, { ...HEADER, xattr: 1, type: 'socket' }],
];

test.each(records)('%s: form %i, reads as it was written', async (_name, code, inode) => {
  const bytes = inodeToBytes(inode);
  expect(bytes[0]).toBe(code);
  const { take, rest } = taking(bytes);
  expect(
    await readInode(take, { blockSize: BLOCK_SIZE, maxWords: 2 ** 16, withIndex: true }),
  ).toEqual(inode);
  expect(rest()).toBe(0);
});

test('the golden inodes write as they were read', async () => {
  const table = goldenImage().subarray(0x65, 0xc5);
  const { take, rest } = taking(table);
  const written: Uint8Array[] = [];
  const read: Inode[] = [];
  while (rest() > 0) {
    const inode = await readInode(take, { blockSize: BLOCK_SIZE, maxWords: 1, withIndex: true });
    read.push(inode);
    written.push(inodeToBytes(inode));
  }
  expect(new Uint8Array(Buffer.concat(written))).toEqual(table);
  expect(read.map(inode => [inode.type, inode.number, inode.links])).toEqual([
    ['file', 2, 1],
    ['directory', 1, 2],
    ['directory', 3, 3],
  ]);
});

test.each([
  [5, 300, 0x10052c],
  [259, 70000, 0x11110370],
  [4095, 1048575, 0xffffffff],
  [0, 0, 0],
])('device %i,%i is %i', (major, minor, rdev) => {
  expect(encodeDevice(major, minor)).toBe(rdev);
  expect(decodeDevice(rdev)).toEqual({ major, minor });
});

const refused: [name: string, body: InodeBody & { links?: number }, message: RegExp][] = [
  ['more words than allowed', { ...FILE, size: 2 ** 40 }, /blocks in one file/],
  ['a target of 64 KiB', { type: 'symlink', target: new Uint8Array(65536) }, /link target/],
];

test.each(refused)('%s is refused before it is read', async (_name, body, message) => {
  const { take } = taking(inodeToBytes({ ...HEADER, ...body }));
  await expect(
    readInode(take, { blockSize: BLOCK_SIZE, maxWords: 1024, withIndex: true }),
  ).rejects.toThrow(message);
});

test('an unknown type is refused', async () => {
  for (const code of [0, 15, 0xffff]) {
    const { take } = taking(Uint8Array.of(code & 0xff, code >> 8, ...new Uint8Array(60)));
    await expect(
      readInode(take, { blockSize: BLOCK_SIZE, maxWords: 1, withIndex: true }),
    ).rejects.toThrow(/type/);
  }
});

function taking(bytes: Uint8Array) {
  let at = 0;
  return {
    take: async (length: number) => {
      if (at + length > bytes.length) throw new RangeError('cut off');
      at += length;
      return bytes.subarray(at - length, at);
    },
    rest: () => bytes.length - at,
  };
}
