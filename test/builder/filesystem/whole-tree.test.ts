import { expect, test } from 'vitest';
import { wholeTree } from '../../../src/builder/filesystem/whole-tree.ts';
import { directory, file, hardlink, symlink } from '../../support/image-trees.ts';

test('every directory gets a node, parents first, in byte order', () => {
  const tree = wholeTree([file('usr/lib/x', ''), file('usr/bin/b', ''), directory('')]);
  expect(tree.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
    'directory usr',
    'directory usr/bin',
    'file usr/bin/b',
    'directory usr/lib',
    'file usr/lib/x',
  ]);
});

test('a directory that has a node keeps it', () => {
  const [usr] = wholeTree([directory('usr', { mtime: 7 }), file('usr/x', '')]);
  expect(usr).toMatchObject({ mtime: 7 });
});

test('a second name of a symbolic link becomes a link of its own, that of a file stays', () => {
  const tree = wholeTree([
    symlink('usr/z', 'target', { mtime: 5 }),
    file('usr/y', ''),
    hardlink('usr/a', 'usr/z'),
    hardlink('usr/b', 'usr/y'),
  ]);
  expect(tree.slice(1, 3)).toMatchObject([
    { path: 'usr/a', kind: 'symlink', target: 'target', mtime: 5 },
    { path: 'usr/b', kind: 'hardlink', target: 'usr/y' },
  ]);
});
