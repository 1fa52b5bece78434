import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ImageNode } from '../../../src/builder/image-node.ts';
import { checkImage } from '../../../src/builder/squashfs/check-image.ts';
import type { SquashfsOptions } from '../../../src/builder/squashfs/image-options.ts';
import { openImage } from '../../../src/builder/squashfs/read-image.ts';
import { writeImage } from '../../../src/builder/squashfs/write-image.ts';
import { bytesContent, readBytes, sparseContent } from '../../../src/content.ts';
import { conformanceTrees } from '../../support/conformance-trees.ts';
import {
  directory,
  file,
  hardlink,
  imageOf,
  noise,
  prose,
  sparse,
  summarize,
  summarizeImage,
  withParents,
  ZSTD,
} from '../../support/image-trees.ts';
import { MemorySink } from '../../support/memory-sink.ts';
import { randomTree } from '../../support/random-tree.ts';

const KIB = 1024;
const SMALL_BLOCKS = { ...ZSTD, blockSize: 4 * KIB };

async function expectRoundTrip(
  nodes: readonly ImageNode[],
  options: SquashfsOptions,
): Promise<void> {
  const image = bytesContent(await imageOf(nodes, options));
  await checkImage(image);
  expect(await summarizeImage(image)).toEqual(await summarize(withParents(nodes)));
}

for (const [name, makeNodes] of conformanceTrees(128 * KIB)) {
  test(`${name} reads as it was written`, async () => {
    await expectRoundTrip(makeNodes(), ZSTD);
  });
}

test.each([1, 9])('gzip level %i reads as it was written', async level => {
  const nodes = [file('text', prose(300_000)), file('noise', noise(5000)), directory('d')];
  await expectRoundTrip(nodes, { ...ZSTD, compression: { name: 'gzip', level } });
});

test('random trees read as they were written', async () => {
  await fc.assert(
    fc.asyncProperty(randomTree, fc.constantFrom('zstd', 'gzip'), async (nodes, name) => {
      await expectRoundTrip(nodes, { ...SMALL_BLOCKS, compression: { name, level: 1 } });
    }),
    { numRuns: 150 },
  );
});

test('the order of the nodes does not matter', async () => {
  await fc.assert(
    fc.asyncProperty(randomTree, fc.integer(), async (nodes, seed) => {
      const order = noise(nodes.length, seed);
      const shuffled = nodes
        .map((node, index) => ({ node, key: order[index] ?? 0 }))
        .sort((a, b) => a.key - b.key);
      const image = await imageOf(
        shuffled.map(({ node }) => node),
        SMALL_BLOCKS,
      );
      expect(Buffer.compare(image, await imageOf(nodes, SMALL_BLOCKS))).toBe(0);
    }),
    { numRuns: 50 },
  );
});

test.each(['zstd', 'gzip'] as const)('one job and three give the same %s image', async name => {
  const nodes = Array.from({ length: 60 }, (_, index) =>
    file(`f${index}`, index % 2 ? prose(index * 9000, index) : noise(index * 3000, index)),
  );
  const compression = { name, level: 1 };
  const one = await imageOf(nodes, { compression, jobs: 1 });
  const three = await imageOf(nodes, { compression, jobs: 3 });
  expect(Buffer.compare(one, three)).toBe(0);
});

test('a hole and written zeros give the same image', async () => {
  const zeros = new Uint8Array(300 * KIB);
  const a = await written([file('a', zeros)]);
  expect(a.counts).toMatchObject({ blocks: 0, holes: 3, fragments: 0 });
  const b = await written([sparse('a', 300 * KIB, new Map())]);
  expect(b.counts).toMatchObject({ blocks: 0, holes: 3, fragments: 0 });
  expect(await readBytes(b.image)).toEqual(await readBytes(a.image));
});

test('a terabyte of hole is written and read without reading it', async () => {
  const size = 2 ** 40;
  const nodes = [
    sparse('a', size, new Map([[size - 5, 'end']])),
    sparse('b', size, new Map([[size - 5, 'end']])),
  ];
  const { image, counts } = await written(nodes, { blockSize: 1024 * KIB });
  expect(counts).toMatchObject({ blocks: 1, duplicateFiles: 1 });
  for await (const node of (await openImage(image)).entries()) {
    if (node.kind !== 'file') continue;
    const end = new Uint8Array(5);
    await node.content.readInto(end, size - 5);
    expect(Buffer.from(end).toString()).toBe('end\0\0');
    expect(node.content.dataRanges).toEqual([{ offset: size - 1024 * KIB, length: 1024 * KIB }]);
  }
});

test('eight exabytes of hole are refused', async () => {
  const empty = sparseContent(bytesContent(new Uint8Array()), [], 2 ** 52);
  const writing = imageOf([file('a', empty)]);
  await expect(writing).rejects.toThrow(expect.objectContaining({ code: 'archive-too-large' }));
});

test('equal files and equal tails are stored once', async () => {
  const block = noise(128 * KIB);
  const long = new Uint8Array([...block, ...noise(100, 2)]);
  const { counts, image } = await written([
    file('a', long),
    file('b', long),
    file('c', noise(100, 2)),
    file('d', noise(100, 2)),
    file('e', noise(100, 3)),
    hardlink('f', 'a'),
  ]);
  expect(counts).toMatchObject({
    blocks: 1,
    fragments: 1,
    files: 5,
    duplicateFiles: 3,
    duplicateBytes: long.length + 200,
    contentBytes: 2 * long.length + 300,
  });
  await checkImage(image);
});

test('the progress ends at the sum of all sizes', async () => {
  const seen: number[] = [];
  const nodes = [
    file('a', prose(3_000_000)),
    file('b', prose(3_000_000)),
    sparse('c', 10_000_000, new Map([[5_000_000, 'x']])),
  ];
  await writeImage(nodes, new MemorySink(), { ...ZSTD, onBytes: bytes => seen.push(bytes) });
  expect(seen.at(-1)).toBe(16_000_000);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
});

test.each([1, 3])('a content that fails fails the image, with %i jobs', async jobs => {
  const broken = {
    size: 10_000_000,
    readInto: async () => {
      throw new Error('disk on fire');
    },
  };
  const nodes = [file('a', noise(5_000_000)), file('b', broken)];
  await expect(imageOf(nodes, { jobs })).rejects.toThrow('disk on fire');
});

test.each([1, 3])('a sink that fails fails the image, with %i jobs', async jobs => {
  class FullSink extends MemorySink {
    override async append(chunks: readonly Uint8Array[]): Promise<void> {
      if (this.size > 1_000_000) throw new Error('no space left');
      await super.append(chunks);
    }
  }
  const writing = writeImage([file('a', noise(20_000_000))], new FullSink(), { ...ZSTD, jobs });
  await expect(writing).rejects.toThrow('no space left');
});

test('65536 different owners are refused', async () => {
  const nodes = Array.from({ length: 65_536 }, (_, index) => file(`f${index}`, '', { uid: index }));
  await expect(imageOf(nodes)).rejects.toThrow(
    expect.objectContaining({ code: 'archive-too-large' }),
  );
});

test.each([
  ['block size', { blockSize: 2048 }],
  ['block size', { blockSize: 3 * 4096 }],
  ['jobs', { jobs: 0 }],
  ['zstd level', { compression: { name: 'zstd', level: 23 } }],
  ['gzip level', { compression: { name: 'gzip', level: 0 } }],
] satisfies [string, Partial<SquashfsOptions>][])(
  'a wrong %s is the caller’s defect',
  async (_name, options) => {
    await expect(imageOf([], options)).rejects.toThrow(RangeError);
  },
);

test('an attribute outside of the namespaces is the caller’s defect', async () => {
  const acl = new Map([['system.posix_acl_access', new Uint8Array(4)]]);
  await expect(imageOf([file('a', '', { xattrs: acl })])).rejects.toThrow(RangeError);
});

async function written(nodes: readonly ImageNode[], options: Partial<SquashfsOptions> = {}) {
  const sink = new MemorySink();
  const counts = await writeImage(nodes, sink, { ...ZSTD, ...options });
  return { counts, image: sink.content() };
}
