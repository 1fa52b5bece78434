import { expect, test } from 'vitest';
import { treeFacts, treeUuid } from '../../../src/builder/filesystem/tree-facts.ts';
import type { ImageNode } from '../../../src/builder/image-node.ts';
import { directory, file, hardlink, noise, sparse, symlink } from '../../support/image-trees.ts';

const PAGE = 4096;
const facts = (...nodes: readonly ImageNode[]) => treeFacts(nodes, () => undefined);

test('pages of zeros become holes, wherever they are, and known holes stay', async () => {
  const bytes = new Uint8Array(5 * PAGE + 10);
  bytes.set(noise(PAGE), PAGE);
  bytes.set([1], 3 * PAGE + 7);
  bytes.set([1], 5 * PAGE);
  const { nodes, files } = await facts(file('a', bytes), sparse('b', 3 * PAGE, new Map()));
  expect(nodes.map(node => node.kind === 'file' && node.content.dataRanges)).toEqual([
    [
      { offset: PAGE, length: PAGE },
      { offset: 3 * PAGE, length: PAGE },
      { offset: 5 * PAGE, length: 10 },
    ],
    [],
  ]);
  expect(files).toEqual([
    { pages: 3, pieces: 3 },
    { pages: 0, pieces: 0 },
  ]);
});

test('everything that takes room is counted', async () => {
  const xattrs = new Map([['user.a', noise(3)]]);
  const found = await facts(
    directory('usr'),
    file('usr/é', 'x', { xattrs }),
    hardlink('usr/link', 'usr/é'),
    symlink('usr/long', 'x'.repeat(60)),
    symlink('usr/short', 'x'.repeat(59)),
  );
  expect(found).toMatchObject({
    directories: [[3], [2, 4, 4, 5]],
    longLinks: 1,
    attributed: 1,
    inodes: 4,
  });
});

const BASE = [directory('usr'), file('usr/a', 'x'), symlink('usr/b', 'a')];

test.each<[string, ImageNode[]]>([
  ['a byte', [directory('usr'), file('usr/a', 'y'), symlink('usr/b', 'a')]],
  ['a name', [directory('usr'), file('usr/c', 'x'), symlink('usr/b', 'a')]],
  ['a mode', [directory('usr'), file('usr/a', 'x', { mode: 0o755 }), symlink('usr/b', 'a')]],
  ['a time', [directory('usr', { mtime: 3 }), file('usr/a', 'x'), symlink('usr/b', 'a')]],
  ['a target', [directory('usr'), file('usr/a', 'x'), symlink('usr/b', 'c')]],
  [
    'an attribute',
    [
      directory('usr'),
      file('usr/a', 'x', { xattrs: new Map([['user.a', noise(1)]]) }),
      symlink('usr/b', 'a'),
    ],
  ],
])('%s makes another digest, and another UUID', async (_, changed) => {
  const [before, after] = [await facts(...BASE), await facts(...changed)];
  expect(after.digest).not.toBe(before.digest);
  expect(treeUuid(after)).not.toBe(treeUuid(before));
});

test('the UUID is one of version 8', async () => {
  expect(treeUuid(await facts(...BASE))).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});
