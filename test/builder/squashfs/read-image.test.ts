import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { openImage } from '../../../src/builder/squashfs/read-image.ts';
import { bytesContent, type Content, readBytes } from '../../../src/content.ts';
import { ToolError } from '../../../src/errors.ts';
import { goldenImage } from '../../support/golden-image.ts';
import {
  directory,
  file,
  hardlink,
  imageOf,
  noise,
  prose,
  symlink,
} from '../../support/image-trees.ts';

const u16 = (value: number) => [value & 0xff, value >> 8];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];
const text = (value: string) => [...new TextEncoder().encode(value)];

test('the golden image of mksquashfs reads as it was made', async () => {
  const nodes = [];
  for await (const node of (await openImage(bytesContent(goldenImage()))).entries()) {
    nodes.push(
      node.kind === 'file'
        ? { ...node, content: Buffer.from(await readBytes(node.content)).toString() }
        : node,
    );
  }
  const meta = { uid: 0, gid: 0, mtime: 0, xattrs: new Map() };
  expect(nodes).toEqual([
    { ...meta, path: '', kind: 'directory', mode: 0o755 },
    { ...meta, path: 'usr', kind: 'directory', mode: 0o755 },
    { ...meta, path: 'usr/a', kind: 'file', mode: 0o644, content: 'hi\n' },
  ]);
});

test('contents are read at any offset and length', async () => {
  const bytes = prose(500_000);
  const image = bytesContent(await imageOf([file('a', bytes)]));
  const content = await onlyFile(image);
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length), fc.nat(300_000), async (offset, wanted) => {
      const length = Math.min(wanted, bytes.length - offset);
      const found = await readBytes(content, offset, length);
      expect(Buffer.compare(found, bytes.subarray(offset, offset + length))).toBe(0);
    }),
    { numRuns: 60 },
  );
  await expect(readBytes(content, 499_999, 2)).rejects.toThrow(RangeError);
});

/** Bytes written over the golden image. */
const refused: [
  name: string,
  offset: number,
  bytes: readonly number[],
  code: string,
  message: RegExp,
][] = [
  ['a big-endian image', 0, text('sqsh'), 'input-not-archive', /big-endian.*unsquashfs/],
  ['an unfinished stream image', 0, text('SQSH'), 'input-not-archive', /-fix/],
  ['a vendor variant', 0, text('shsq'), 'input-not-archive', /LZMA/],
  ['a big-endian vendor variant', 0, text('qshs'), 'input-not-archive', /big-endian.*LZMA/],
  ['something else', 0, text('PK\x03\x04'), 'input-not-archive', /no SquashFS/],
  ['version 3.1', 0x1c, [...u16(3), ...u16(1)], 'input-not-archive', /3\.1.*unsquashfs/],
  ['a truncated image', 0x28, u32(5000), 'archive-truncated', /4096/],
  ['blocks of 2 GiB', 0x0c, u32(2 ** 31), 'archive-corrupt', /block size/],
  ['lzma', 0x14, u16(2), 'tool-missing', /lzma.*unsquashfs/],
  ['lzo', 0x14, u16(3), 'tool-missing', /lzo.*unsquashfs/],
  ['an unknown compressor', 0x14, u16(77), 'archive-corrupt', /77/],
  ['a root that is a file', 0x20, u16(0), 'archive-corrupt', /root/],
  ['a root beyond the end', 0x22, u32(0x7fff_ffff), 'archive-corrupt', /fit/],
  ['an owner that is not there', 0x69, u16(7), 'archive-corrupt', /owner 7/],
  ['a directory inside itself', 0xe8, u16(0x40), 'archive-corrupt', /two places/],
  ['a name with a slash', 0xdb, text('/'), 'unsafe-entry', /name/],
  ['a name with a NUL', 0xdb, [0], 'unsafe-entry', /name/],
  ['the name .', 0xdb, text('.'), 'unsafe-entry', /name/],
  ['a fragment that is not there', 0x79, u32(1), 'archive-corrupt', /no fragment 1/],
  ['a fragment beyond the end', 0xf5, u32(0x7fff_ffff), 'archive-corrupt', /fit/],
  [
    'a fragment that is larger than a block',
    0xfd,
    u32((1 << 24) | 0x2_0001),
    'archive-corrupt',
    /block of 131073/,
  ],
  ['a fragment that is too short', 0x7d, u32(1), 'archive-corrupt', /instead of 4/],
  ['a fragment of damaged zstd', 0xfd, u32(3), 'archive-corrupt', /./],
];

test.each(refused)('%s is refused', async (_name, offset, bytes, code, message) => {
  const image = goldenImage();
  image.set(bytes, offset);
  await expect(readAll(bytesContent(image))).rejects.toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(message) }),
  );
});

test.each([
  ['nothing', new Uint8Array(), 'input-not-archive'],
  ['a magic alone', goldenImage().subarray(0, 10), 'archive-truncated'],
  ['half the tables', goldenImage().subarray(0, 0x100), 'archive-truncated'],
])('%s is refused', async (_name, image, code) => {
  await expect(readAll(bytesContent(image))).rejects.toThrow(expect.objectContaining({ code }));
});

/** What unsquashfs forgives, and old writers did. */
const forgiven: [name: string, change: (image: Uint8Array) => Uint8Array][] = [
  ['data behind the image', image => new Uint8Array([...image, ...noise(1000)])],
  ['padding that is not zero', image => image.fill(7, 0x13d)],
  ['no padding', image => image.subarray(0, 0x13d)],
  ['a missing export table', image => image.fill(0xff, 0x58, 0x60)],
  ['type bits in the mode', image => patched(image, 0x67, u16(0o100644))],
  ['wrong link counts', image => patched(image, 0x99, u32(77))],
];

function patched(image: Uint8Array, offset: number, bytes: readonly number[]): Uint8Array {
  image.set(bytes, offset);
  return image;
}

test.each(forgiven)('%s is forgiven', async (_name, change) => {
  expect(await readAll(bytesContent(change(goldenImage())))).toEqual(['', 'usr', 'usr/a']);
});

test('two names of one inode are a file and a hard link, whatever the link count', async () => {
  const image = await imageOf([file('b', 'x'), hardlink('a', 'b'), hardlink('c', 'b')]);
  const found: string[] = [];
  for await (const node of (await openImage(bytesContent(image))).entries()) {
    found.push(
      node.kind === 'hardlink' ? `${node.path} -> ${node.target}` : `${node.path} ${node.kind}`,
    );
  }
  expect(found).toEqual([' directory', 'a file', 'b -> a', 'c -> a']);
});

let victims: Uint8Array[] = [];
beforeAll(async () => {
  const xattrs = new Map([['user.a', noise(30)]]);
  const nodes = [
    file('a', prose(9000)),
    file('b', noise(9000)),
    directory('d', { xattrs }),
    symlink('d/l', 'target'),
    hardlink('d/a', 'a'),
    ...Array.from({ length: 20 }, (_, index) => file(`e/${index}`, prose(index * 10, index))),
  ];
  victims = [
    goldenImage(),
    await imageOf(nodes, { blockSize: 4096 }),
    await imageOf(nodes, { blockSize: 4096, compression: { name: 'gzip', level: 1 } }),
  ];
});

test('a damaged image gives its nodes or a ToolError, never anything else', async () => {
  const damage = fc.array(
    fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), byte: fc.nat(255) }),
    {
      minLength: 1,
      maxLength: 4,
    },
  );
  await fc.assert(
    fc.asyncProperty(fc.nat(2), damage, fc.boolean(), async (which, changes, inTables) => {
      const image = (victims[which] ?? goldenImage()).slice();
      // Half of the damage goes where it hurts most: into the superblock.
      const reach = inTables ? 96 : image.length - 1;
      for (const { at, byte } of changes) image[Math.floor(at * reach)] = byte;
      await readAll(bytesContent(image)).catch((error: unknown) => {
        if (!(error instanceof ToolError)) throw error;
      });
    }),
    { numRuns: 600 },
  );
});

async function readAll(source: Content): Promise<string[]> {
  const paths: string[] = [];
  for await (const node of (await openImage(source)).entries()) {
    paths.push(node.path);
    if (node.kind === 'file' && node.content.size < 1 << 20) await readBytes(node.content);
  }
  return paths;
}

async function onlyFile(image: Content): Promise<Content> {
  for await (const node of (await openImage(image)).entries())
    if (node.kind === 'file') return node.content;
  throw new Error('no file');
}
