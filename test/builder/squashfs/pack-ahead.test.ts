import { expect, test } from 'vitest';
import type { ImageNode } from '../../../src/builder/image-node.ts';
import type { BlockCompressor } from '../../../src/builder/squashfs/block-compressor.ts';
import { openCompressor } from '../../../src/builder/squashfs/compressor.ts';
import { type GrowingStore, PackAhead } from '../../../src/builder/squashfs/pack-ahead.ts';
import { writeImage } from '../../../src/builder/squashfs/write-image.ts';
import { bytesContent, type Content, rangeContent } from '../../../src/content.ts';
import { file, imageOf, noise, prose, ZSTD } from '../../support/image-trees.ts';
import { MemorySink } from '../../support/memory-sink.ts';

const BLOCK = ZSTD.blockSize;

/** In the order of the archive. Long enough that the last ones wait while the image is begun. */
const FILES: ReadonlyMap<string, Uint8Array> = new Map([
  ['z-long', prose(40 * BLOCK + 5)],
  ['y-whole', prose(3 * BLOCK, 2)],
  ['x-short', prose(100, 3)],
  ['w-noise', noise(9 * BLOCK + 1)],
  ['v-zeros', new Uint8Array(10 * BLOCK)],
  ['u-copy', prose(3 * BLOCK, 2)],
  ['t-empty', new Uint8Array()],
  ['s-batch', prose(8 * BLOCK, 4)],
]);

interface Case {
  readonly title: string;
  /** What of the archive the image has; default: all of it. */
  readonly keep?: (path: string) => boolean;
  readonly told?: 'late' | 'wrong';
  readonly chunk?: number;
  readonly jobs?: number;
  readonly store?: () => Store;
  readonly edit?: (path: string, content: Content) => Content;
}

test.each<Case>([
  { title: 'everything' },
  { title: 'everything, in small pieces', chunk: 10_000 },
  { title: 'everything, with threads', jobs: 2 },
  { title: 'files that the image has not', keep: path => path < 'x' },
  { title: 'files that are told after their bytes', told: 'late' },
  { title: 'ranges that are no files', told: 'wrong' },
  { title: 'a store without space', store: () => new Store(BLOCK) },
  {
    title: 'other bytes in the place of a file',
    edit: (path, content) => (path === 'z-long' ? bytesContent(prose(20 * BLOCK, 7)) : content),
  },
  {
    title: 'a part of a file',
    edit: (path, content) => (path === 'z-long' ? rangeContent(content, BLOCK, BLOCK) : content),
  },
])('packing ahead does not change the image: $title', async request => {
  const { nodes, ahead } = await packed(request);
  const sink = new MemorySink();
  await writeImage(nodes, sink, { ...ZSTD, ahead });
  expect(Buffer.compare(sink.bytes(), await imageOf(nodes))).toBe(0);
});

test('each block is packed once', async () => {
  const serial = await openCompressor(ZSTD.compression, 1);
  let blocks = 0;
  const compressor: BlockCompressor = {
    pack: batch => {
      blocks += batch.lengths.length;
      return serial.pack(batch);
    },
    close: () => serial.close(),
  };
  const { nodes, ahead } = await packed({ title: '' }, compressor);
  const image = await writeImage(nodes, new MemorySink(), { ...ZSTD, ahead });
  expect(blocks).toBe(image.blocks + image.holes + image.fragments);
});

test('what fails ahead fails the image', async () => {
  const compressor: BlockCompressor = {
    pack: () => Promise.reject(new Error('a thread is gone')),
    close: async () => {},
  };
  const { nodes, ahead } = await packed({ title: '' }, compressor);
  const writing = writeImage(nodes, new MemorySink(), { ...ZSTD, ahead });
  await expect(writing).rejects.toThrow('a thread is gone');
});

test('closing ends the threads and the store, also twice and while blocks are packed', async () => {
  const store = new Store();
  const { ahead } = await packed({ title: '', jobs: 2, store: () => store });
  await Promise.all([ahead.close(), ahead.close()]);
  expect(store.closed).toBe(1);
  await expect(
    ahead.compressor.pack({ buffer: new ArrayBuffer(1), lengths: Uint32Array.of(1) }),
  ).rejects.toThrow(/stopped/);
});

async function packed(
  {
    keep = () => true,
    told,
    chunk = 300_000,
    jobs = 1,
    store,
    edit = (_, content) => content,
  }: Case,
  compressor?: BlockCompressor,
): Promise<{ nodes: ImageNode[]; ahead: PackAhead }> {
  const ahead = new PackAhead({
    blockSize: BLOCK,
    compressor: compressor ?? (await openCompressor(ZSTD.compression, jobs)),
    backlog: 2,
    source: new Store(),
    store: store?.() ?? new Store(),
  });
  const ranges = new Map<string, { offset: number; length: number }>();
  let offset = 0;
  for (const [path, bytes] of FILES) {
    const range = { offset, length: bytes.length };
    ranges.set(path, range);
    if (told === undefined) ahead.expectFile(range);
    if (told === 'wrong') ahead.expectFile({ offset: offset + 1, length: bytes.length });
    for (let at = 0; at < bytes.length; at += chunk) {
      await ahead.append(bytes.slice(at, at + chunk));
    }
    offset += bytes.length;
  }
  if (told === 'late') for (const range of ranges.values()) ahead.expectFile(range);
  const nodes = [...ranges]
    .filter(([path]) => keep(path))
    .map(([path, { offset, length }]) =>
      file(path, edit(path, rangeContent(ahead.content(), offset, length))),
    );
  return { nodes, ahead };
}

/** In memory, with a limit. */
class Store implements GrowingStore {
  closed = 0;
  #bytes = new Uint8Array();
  readonly #limit: number;

  constructor(limit = Number.POSITIVE_INFINITY) {
    this.#limit = limit;
  }

  async append(chunk: Uint8Array): Promise<void> {
    // A real store takes its time, and the chunk may not be let go of meanwhile.
    await new Promise(resolve => setImmediate(resolve));
    if (this.#bytes.length + chunk.length > this.#limit) throw new Error('no space left');
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
  }

  content(): Content {
    return bytesContent(this.#bytes);
  }

  async close(): Promise<void> {
    this.closed += 1;
  }
}
