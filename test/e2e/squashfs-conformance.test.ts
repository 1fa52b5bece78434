import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { ImageNode } from '../../src/builder/image-node.ts';
import { checkImage } from '../../src/builder/squashfs/check-image.ts';
import type { SquashfsOptions } from '../../src/builder/squashfs/image-options.ts';
import { writeImage } from '../../src/builder/squashfs/write-image.ts';
import { bytesContent } from '../../src/content.ts';
import { conformanceTrees, largeTrees } from '../support/conformance-trees.ts';
import { file, noise, prose, symlink, withParents } from '../support/image-trees.ts';
import { randomTree } from '../support/random-tree.ts';
import { FILE_HANDLES_SCRIPT } from './support/file-handles.ts';
import { FileSink } from './support/file-sink.ts';
import { withKernelMount } from './support/kernel-mount.ts';
import { runOk } from './support/run.ts';
import { expectedListing, LIST_TREE_SCRIPT, parseListing } from './support/tree-listing.ts';

const KIB = 1024;
const directory = mkdtempSync(join(tmpdir(), 'squashfs-conformance-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const variants: SquashfsOptions[] = [
  { compression: { name: 'zstd', level: 6 }, blockSize: 128 * KIB, jobs: 2, mtime: 1 },
  { compression: { name: 'gzip', level: 9 }, blockSize: KIB * KIB, jobs: 2, mtime: 1 },
];

describe.each(variants)('$compression.name, blocks of $blockSize', options => {
  const trees = conformanceTrees(options.blockSize);
  test.each(trees)('%s', async (_name, makeNodes) => {
    await judge(makeNodes(), options);
  });
});

describe('large', () => {
  const options = {
    compression: { name: 'zstd', level: 1 },
    blockSize: 128 * KIB,
    jobs: 2,
    mtime: 1,
  } as const;
  test.each(largeTrees(options.blockSize))('%s', async (_name, makeNodes) => {
    await judge(makeNodes(), options);
  });
});

test('random trees', async () => {
  const options = {
    compression: { name: 'zstd', level: 1 },
    blockSize: 4 * KIB,
    jobs: 1,
    mtime: 1,
  } as const;
  await fc.assert(
    fc.asyncProperty(randomTree, nodes => judge(nodes, options)),
    { numRuns: 25 },
  );
});

test('an attribute of almost 64 KiB, which no disk takes that unsquashfs could write to', async () => {
  const { image, expected } = await build(
    [file('a', 'x', { xattrs: new Map([['user.large', noise(65_000)]]) })],
    { compression: { name: 'zstd', level: 1 }, blockSize: 128 * KIB, jobs: 1, mtime: 1 },
  );
  expectKernel(image, expected);
});

test.each([
  { name: 'zstd', level: 1 },
  { name: 'zstd', level: 9 },
  { name: 'zstd', level: 15 },
  { name: 'zstd', level: 22 },
  { name: 'gzip', level: 1 },
] as const)(
  '$name at level $level gives blocks of every size that the kernel reads',
  async compression => {
    for (const blockSize of [4 * KIB, 64 * KIB, 512 * KIB, KIB * KIB]) {
      const nodes = [file('text', prose(3 * blockSize + 77)), symlink('link', 'text')];
      await judge(nodes, { compression, blockSize, jobs: 1, mtime: 1 });
    }
  },
);

type Listing = Awaited<ReturnType<typeof expectedListing>>;

/** All the judges agree with each other and with the tree that was to be written. */
async function judge(nodes: readonly ImageNode[], options: SquashfsOptions): Promise<void> {
  const { image, expected } = await build(nodes, options);
  expectKernel(image, expected);
  expectUnsquashfs(image, expected);
  runOk('rdsquashfs', ['-d', image]);
  // 7-Zip cannot open an image whose root is empty, not even one of mksquashfs.
  if (expected.length > 1) runOk('7z', ['t', image]);
}

async function build(nodes: readonly ImageNode[], options: SquashfsOptions) {
  const image = join(directory, 'image.squashfs');
  const sink = await FileSink.create(image);
  await writeImage(nodes, sink, options);
  await sink.close();
  await checkImage(bytesContent(readFileSync(image)));
  return { image, expected: await expectedListing(withParents(nodes)) };
}

function expectKernel(image: string, expected: Listing): void {
  expect(parseListing(withKernelMount(image, ['python3', '-c', LIST_TREE_SCRIPT]))).toEqual(
    expected,
  );
  const handles = withKernelMount(image, ['python3', '-c', FILE_HANDLES_SCRIPT]).toString();
  expect(handles.trim()).toBe(`handles ${expected.length - 1}`);
}

function expectUnsquashfs(image: string, expected: Listing): void {
  const output = join(directory, 'unsquashfs');
  rmSync(output, { recursive: true, force: true });
  runOk('unsquashfs', ['-quiet', '-no-progress', '-dest', output, image]);
  const found = parseListing(runOk('python3', ['-c', LIST_TREE_SCRIPT, output]));
  expect(comparable(found)).toEqual(comparable(expected));
  rmSync(output, { recursive: true, force: true });
}

/** A disk file system keeps fewer bits of a time, counts a directory's links its own way, and no mode of a link. */
function comparable(listing: Listing) {
  return listing.map(({ links, mtime, mode, ...node }) => ({
    ...node,
    ...(node.what === 'directory' ? {} : { links }),
    ...(node.what.startsWith('symlink') ? {} : { mode }),
    ...(mtime < 2 ** 31 ? { mtime } : {}),
  }));
}
