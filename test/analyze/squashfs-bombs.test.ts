import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ByteWriter } from '../../src/builder/squashfs/byte-writer.ts';
import type { DirectoryEntry } from '../../src/builder/squashfs/directory.ts';
import { openImage } from '../../src/builder/squashfs/read-image.ts';
import { bytesContent } from '../../src/content.ts';
import { toolErrorOf } from '../support/catch-error.ts';
import { describeEntries, readBytesArchive } from '../support/read-bytes-archive.ts';
import { fileBody, type OtherTables, SquashfsParts } from '../support/squashfs-parts.ts';

const MIB = 1 << 20;
const BLOCK = 1 << 17;
const RAW = 1 << 24;
const BEYOND = /do not fit into/;

/** Images whose parts contradict each other, or claim far more than they hold. Each is refused before it costs much. */
const BOMBS: readonly [title: string, make: () => Uint8Array, code: string, what: RegExp][] = [
  [
    'a directory in itself',
    () => {
      const parts = new SquashfsParts();
      const self = { ...NOTHING, type: 1, ref: parts.nextInode, number: 1 };
      return parts.finish(parts.directory({ self }).ref);
    },
    'archive-corrupt',
    /self lies in itself or in two places/,
  ],
  [
    'a directory in two places',
    () => {
      const parts = new SquashfsParts();
      const inner = parts.directory({});
      return parts.finish(parts.directory({ a: inner, b: inner }).ref);
    },
    'archive-corrupt',
    /b lies in itself or in two places/,
  ],
  [
    'a file for a root',
    () => {
      const parts = new SquashfsParts();
      return parts.finish(parts.inode(fileBody()).ref);
    },
    'archive-corrupt',
    /root is no directory/,
  ],
  [
    'listings of 24 MiB in each other',
    () => {
      const parts = new SquashfsParts();
      let inner = parts.directory({});
      for (let level = 0; level < 3; level += 1) {
        const listing = parts.nextListing;
        parts.rawListing(listingOf('a', inner));
        parts.rawListing(new Uint8Array(24 * MIB));
        const listingSize = 24 * MIB;
        inner = parts.inode({ type: 'directory', listing, listingSize, parent: 1, index: [] });
      }
      return parts.finish(inner.ref);
    },
    'archive-too-large',
    /the listings of directories/,
  ],
  [
    'more names than entries may be, in listings that directories share',
    () => {
      const parts = new SquashfsParts();
      const file = parts.inode(fileBody());
      const names = Array.from({ length: 10_001 }, (_, index) => [
        `${index}`.padStart(5, '0'),
        file,
      ]);
      const shared = parts.listing(Object.fromEntries(names));
      const body = { type: 'directory', parent: 1, ...shared, index: [] } as const;
      const directories = Array.from({ length: 11 }, (_, index) => [
        `d${index}`,
        parts.inode(body),
      ]);
      return parts.finish(parts.directory(Object.fromEntries(directories.sort())).ref);
    },
    'archive-too-large',
    /the number of entries/,
  ],
  [
    'link targets that overlap',
    () => {
      const parts = new SquashfsParts();
      // Each inode is a part of the target of those before it.
      const link = new ByteWriter(24)
        .u16(3)
        .u16(0o777)
        .u16(0)
        .u16(0)
        .u32(0)
        .u32(1)
        .u32(1)
        .u32(4000);
      const links: Record<string, DirectoryEntry> = {};
      for (let index = 0; index < 9000; index += 1) {
        const ref = parts.rawInodes(link.toBytes());
        links[`${index}`.padStart(5, '0')] = { ...NOTHING, type: 3, ref };
      }
      parts.rawInodes(new Uint8Array(8192).fill(97));
      return parts.finish(parts.directory(links).ref);
    },
    'unsafe-entry',
    /NUL in its link target/,
  ],
  [
    'a link target of 64 KiB',
    () => {
      const parts = new SquashfsParts();
      const link = parts.inode({ type: 'symlink', target: new Uint8Array(65_536).fill(97) });
      return parts.finish(parts.directory({ link }).ref);
    },
    'archive-corrupt',
    /a link target of 65536 bytes/,
  ],
  [
    'a link target that Linux does not have',
    () => {
      const parts = new SquashfsParts();
      const link = parts.inode({ type: 'symlink', target: new Uint8Array(4096).fill(97) });
      return parts.finish(parts.directory({ link }).ref);
    },
    'unsafe-entry',
    /more than 4095 bytes/,
  ],
  [
    'a file of 128 GiB of hole',
    () => withFile({ size: 2 ** 37, words: new Uint32Array(2 ** 17) }, { blockSize: MIB }),
    'archive-too-large',
    /the contents with their holes/,
  ],
  [
    'a file of more blocks than memory should hold',
    () => withFile({ size: 2 ** 62 }, {}),
    'archive-corrupt',
    /blocks in one file/,
  ],
  [
    'thousands of files that share their blocks',
    () => {
      const parts = new SquashfsParts();
      const zeros = deflateSync(new Uint8Array(BLOCK));
      const blocksStart = parts.data(Buffer.concat(Array.from({ length: 64 }, () => zeros)));
      const words = new Uint32Array(64).fill(zeros.length);
      const body = fileBody({ blocksStart, size: 64 * BLOCK, words });
      const files: Record<string, DirectoryEntry> = {};
      for (let index = 0; index < 200; index += 1) {
        files[`${index}`.padStart(4, '0')] = parts.inode(body);
      }
      return parts.finish(parts.directory(files).ref);
    },
    'archive-too-large',
    /the content of the image.*250 times/,
  ],
  [
    'an owner that is not in the table',
    () => withFile({}, {}, { uid: 1 }),
    'archive-corrupt',
    /owner 1 is not in the id table/,
  ],
  [
    'attributes without a table of them',
    () => withFile({}, {}, { xattr: 0 }),
    'archive-corrupt',
    /without a table/,
  ],
  [
    'attributes that the table does not have',
    () => withXattrs({ pairs: pair(0, 'a', 'x'), count: 1, xattr: 7 }),
    'archive-corrupt',
    /no set 7/,
  ],
  [
    'more attributes than Linux lists',
    () => withXattrs({ pairs: pair(0, 'a', 'x'), count: 2 ** 32 - 1 }),
    'archive-too-large',
    /the extended attributes of a file/,
  ],
  [
    'an attribute with a name of 64 KiB',
    () => withXattrs({ pairs: pair(0, 'a'.repeat(65_535), 'x'), count: 1 }),
    'archive-corrupt',
    /the name of an extended attribute has 65535 bytes/,
  ],
  [
    'an attribute of a mebibyte',
    () => withXattrs({ pairs: pair(0, 'a', new Uint8Array(MIB)), count: 1 }),
    'archive-corrupt',
    /an extended attribute of 1048576 bytes/,
  ],
  [
    'an attribute whose value lies beyond the image',
    () => {
      const place = new ByteWriter(8).u64(0xffff_ffff_ffff_1000n).toBytes();
      return withXattrs({ pairs: pair(0x100, 'a', place), count: 1 });
    },
    'archive-corrupt',
    /./,
  ],
  [
    'attributes that thousands of files share',
    () => {
      const pairs = pair(0, 'a', new Uint8Array(65_536));
      return withXattrs({ pairs, count: 1, files: 600 });
    },
    'archive-too-large',
    /the names and attributes/,
  ],
  ['inodes beyond the end', () => withTail({ inodeTable: 2 ** 53 }), 'archive-corrupt', BEYOND],
  ['names beyond the end', () => withTail({ directoryTable: 2 ** 53 }), 'archive-corrupt', BEYOND],
  ['owners beyond the end', () => withTail({ idTable: 2 ** 53 }), 'archive-corrupt', BEYOND],
  [
    'attributes beyond the end',
    () => withXattrs({ pairs: pair(0, 'a', 'x'), count: 1, superblock: { xattrTable: 2 ** 53 } }),
    'archive-corrupt',
    BEYOND,
  ],
  [
    'a root reference beyond a metadata block',
    () => {
      const parts = new SquashfsParts();
      const { block } = parts.directory({}).ref;
      return parts.finish({ block, offset: 8192 });
    },
    'archive-corrupt',
    /offset 8192 in a metadata block/,
  ],
  [
    'a metadata block that expands to more than 8 KiB',
    () => {
      const parts = new SquashfsParts();
      const image = Buffer.from(parts.finish(parts.directory({}).ref));
      const bomb = deflateSync(new Uint8Array(MIB));
      image.writeUInt16LE(bomb.length, 2048);
      image.set(bomb, 2050);
      image.writeBigUInt64LE(2048n, 64);
      image.writeBigUInt64LE(4096n, 40);
      return image;
    },
    'archive-corrupt',
    /Cannot create a Buffer larger than 8192 bytes/,
  ],
];

test.each(BOMBS)('%s', async (_title, make, code, what) => {
  const error = await toolErrorOf(() => readBytesArchive(make(), { random: true }));
  expect(error.code).toBe(code);
  expect(JSON.stringify(error.facts)).toMatch(what);
});

test('who reads an image without budgets of his own gets no more attributes than fit into memory', async () => {
  const pairs = pair(0, 'a', new Uint8Array(65_536));
  const { entries } = await openImage(bytesContent(withXattrs({ pairs, count: 1, files: 4100 })));
  const error = await toolErrorOf(async () => {
    for await (const { path } of entries()) expect(path).not.toBe('f4099');
  });
  expect(error).toEqual({
    code: 'archive-too-large',
    facts: { what: 'extended attributes', limit: 2 ** 28 },
  });
});

/** Contents that cannot be had. Their names can. */
const BAD_CONTENTS: readonly [title: string, make: () => Uint8Array, what: RegExp][] = [
  ['a block beyond the end', () => withBlock({ blocksStart: 2 ** 40 }), /do not fit|beyond/],
  [
    'a block that is larger than blocks are',
    () => withBlock({ word: BLOCK + 1 }),
    /a block of 131073/,
  ],
  ['a block word with unknown bits', () => withBlock({ word: 2 ** 25 + 5 }), /a block of 33554437/],
  ['an empty block that is no hole', () => withBlock({ word: RAW }), /a block of 0 bytes/],
  [
    'a raw block that is too short',
    () => withBlock({ word: RAW | 100 }),
    /holds 100 bytes instead/,
  ],
  [
    'a block that expands to too little',
    () => withBlock({ bytes: deflateSync('x') }),
    /holds 1 bytes/,
  ],
  [
    'a block that expands to a gibibyte',
    () => withBlock({ bytes: deflateSync(new Uint8Array(64 * MIB)) }),
    /Cannot create a Buffer larger than 131072 bytes/,
  ],
  [
    'a block of garbage',
    () => withBlock({ bytes: new Uint8Array(100).fill(0xa5) }),
    /incorrect header/,
  ],
  ['a tail in a fragment that is not there', () => withTail({}, { fragment: 9 }), /no fragment 9/],
  [
    'a tail beyond its fragment',
    () => withTail({}, { fragmentOffset: 2 ** 31 }),
    /instead of 2147483651/,
  ],
];

test.each(BAD_CONTENTS)('%s', async (_title, make, what) => {
  const { entries } = await readBytesArchive(make(), { random: true });
  expect(entries.map(({ path }) => path)).toEqual(['f']);
  const error = await toolErrorOf(() => describeEntries(entries));
  expect(error.code).toBe('archive-corrupt');
  expect(JSON.stringify(error.facts)).toMatch(what);
});

test('tails that take turns in many fragments cost only so much work', async () => {
  const parts = new SquashfsParts();
  const block = deflateSync(new Uint8Array(MIB));
  const files: Record<string, DirectoryEntry> = {};
  const fragments = Array.from({ length: 6 }, () => ({
    start: parts.data(block),
    word: block.length,
  }));
  for (let index = 0; index < 60; index += 1) {
    const name = `${index}`.padStart(3, '0');
    files[name] = parts.inode(fileBody({ size: 1, fragment: index % 6, fragmentOffset: 0 }));
  }
  const root = parts.directory(files).ref;
  const image = parts.finish(root, { fragments, superblock: { blockSize: MIB } });
  const { entries } = await readBytesArchive(image, { random: true });
  const again = async () => {
    for (let pass = 0; pass < 100; pass += 1) await describeEntries(entries);
  };
  const { code, facts } = await toolErrorOf(again);
  expect(code).toBe('archive-too-large');
  expect(facts).toEqual({ what: 'the work to expand the image', limit: '64 times its content' });
});

test('a hundred thousand names of one large inode cost what one costs', async () => {
  const parts = new SquashfsParts();
  const file = parts.inode(
    fileBody({ size: 2 ** 18 * BLOCK - 1, words: new Uint32Array(2 ** 18) }),
  );
  const names = Array.from({ length: 90_000 }, (_, index) => [`${index}`.padStart(6, '0'), file]);
  const image = parts.finish(parts.directory(Object.fromEntries(names)).ref);
  const { entries } = await readBytesArchive(image, { random: true });
  expect(entries.filter(({ kind }) => kind === 'hardlink')).toHaveLength(89_999);
});

describe('what old writers did is accepted', () => {
  const whole = () => withTail({});
  test.each<[title: string, make: () => Uint8Array]>([
    ['data behind the padding', () => Buffer.concat([whole(), Buffer.from('garbage')])],
    ['padding that is not zero', () => Buffer.from(whole()).fill(0xff, usedOf(whole()))],
    ['no padding', () => whole().subarray(0, usedOf(whole()))],
    ['compressor options that are not there', () => withTail({ flags: 0x400 })],
    ['flags that mean nothing', () => withTail({ flags: 0xfbff })],
    ['a wrong number of inodes', () => withTail({ inodeCount: 99 })],
    ['a gap between the tables', () => withTail({}, {}, new Uint8Array(99))],
  ])('%s', async (_title, make) => {
    const { entries } = await readBytesArchive(make(), { random: true });
    expect(await describeEntries(entries)).toEqual(['file "f" 644 0:0 @0 "abc"']);
  });
});

const NOTHING: DirectoryEntry = {
  name: new Uint8Array(),
  type: 2,
  ref: { block: 0, offset: 0 },
  number: 1,
};

type FilePart = Parameters<typeof fileBody>[0];
type InodePart = Parameters<SquashfsParts['inode']>[1];

function withFile(
  body: FilePart,
  superblock: NonNullable<OtherTables['superblock']> = {},
  header: InodePart = {},
): Uint8Array {
  const parts = new SquashfsParts();
  const f = parts.inode(fileBody(body), header);
  return parts.finish(parts.directory({ f }).ref, { superblock });
}

/** A file of one block, right but for what is changed. */
function withBlock(change: {
  blocksStart?: number;
  word?: number;
  bytes?: Uint8Array;
}): Uint8Array {
  const parts = new SquashfsParts();
  const bytes = change.bytes ?? deflateSync(new Uint8Array(BLOCK));
  const blocksStart = change.blocksStart ?? parts.data(bytes);
  const words = Uint32Array.of(change.word ?? bytes.length);
  const f = parts.inode(fileBody({ blocksStart, size: BLOCK, words }));
  return parts.finish(parts.directory({ f }).ref);
}

/** A file of three bytes in a fragment, right but for what is changed. */
function withTail(
  superblock: NonNullable<OtherTables['superblock']>,
  body: FilePart = {},
  gap = new Uint8Array(),
): Uint8Array {
  const parts = new SquashfsParts();
  const start = parts.data(Buffer.from('abc'));
  parts.data(gap);
  const f = parts.inode(fileBody({ size: 3, fragment: 0, fragmentOffset: 0, ...body }));
  const fragments = [{ start, word: RAW | 3 }];
  return parts.finish(parts.directory({ f }).ref, { fragments, superblock });
}

/** Files with one set of attributes. */
function withXattrs({
  pairs,
  count,
  xattr = 0,
  files = 1,
  superblock = {},
}: {
  pairs: Uint8Array;
  count: number;
  xattr?: number;
  files?: number;
  superblock?: NonNullable<OtherTables['superblock']>;
}): Uint8Array {
  const parts = new SquashfsParts();
  const entries: Record<string, DirectoryEntry> = {};
  for (let index = 0; index < files; index += 1) {
    entries[`f${`${index}`.padStart(4, '0')}`] = parts.inode(fileBody(), { xattr });
  }
  const xattrs = { pairs, ids: [{ ref: 0n, count, size: 0 }] };
  return parts.finish(parts.directory(entries).ref, { xattrs, superblock });
}

function pair(type: number, name: string, value: string | Uint8Array): Uint8Array {
  const bytes = Buffer.from(value);
  const writer = new ByteWriter().u16(type).u16(name.length).bytes(Buffer.from(name));
  return writer.u32(bytes.length).bytes(bytes).toBytes();
}

/** A listing with one name. */
function listingOf(name: string, { ref, number, type }: DirectoryEntry): Uint8Array {
  const header = new ByteWriter().u32(0).u32(ref.block).u32(number);
  return header
    .u16(ref.offset)
    .s16(0)
    .u16(type)
    .u16(name.length - 1)
    .bytes(Buffer.from(name))
    .toBytes();
}

function usedOf(image: Uint8Array): number {
  return Number(Buffer.from(image).readBigUInt64LE(40));
}
