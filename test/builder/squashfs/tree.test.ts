import { expect, test } from 'vitest';
import type { ImageNode } from '../../../src/builder/image-node.ts';
import { buildTree, filesInOrder } from '../../../src/builder/squashfs/tree.ts';
import { pathText } from '../../../src/path-text.ts';
import { device, directory, file, hardlink, symlink } from '../../support/image-trees.ts';

test('children come before their directory, siblings get consecutive numbers, the root the last', () => {
  const tree = buildTree([
    file('usr/lib/x', ''),
    file('usr/bin/b', ''),
    file('usr/bin/a', ''),
    directory('usr'),
    hardlink('usr/lib/y', 'usr/bin/a'),
  ]);
  const numbers = tree.directories.map(({ node, number, links, entries }) => ({
    path: node.path,
    number,
    links,
    entries: entries.map(({ name, inode }) => `${pathText(name)} ${inode.number} ${inode.links}`),
  }));
  expect(numbers).toEqual([
    { path: 'usr/bin', number: 4, links: 2, entries: ['a 1 2', 'b 2 1'] },
    { path: 'usr/lib', number: 5, links: 2, entries: ['x 3 1', 'y 1 2'] },
    { path: 'usr', number: 6, links: 4, entries: ['bin 4 2', 'lib 5 2'] },
    { path: '', number: 7, links: 3, entries: ['usr 6 4'] },
  ]);
});

test('parents that nobody named are root-owned 0755 of the epoch', () => {
  const { root } = buildTree([file('a/b/c', '')]);
  const [a] = root.entries;
  const implicit = { mode: 0o755, uid: 0, gid: 0, mtime: 0 };
  expect(root.node).toMatchObject(implicit);
  expect(a?.inode.node).toMatchObject({ path: 'a', ...implicit });
});

test('names are sorted by their bytes, not as UTF-16', () => {
  const names = ['\u{1f40b}', '\uffee', 'b', 'B', '\udcff', 'a-', 'a'];
  const { root } = buildTree(names.map(name => file(name, '')));
  expect(root.entries.map(({ name }) => pathText(name))).toEqual([
    'B',
    'a',
    'a-',
    'b',
    '\uffee',
    '\u{1f40b}',
    '\udcff',
  ]);
});

test('files come in tree order, each inode once', () => {
  const { root } = buildTree([
    file('b/z', ''),
    file('b.', ''),
    symlink('c', 'b'),
    file('d', ''),
    hardlink('a', 'd'),
    hardlink('e', 'd'),
  ]);
  expect([...filesInOrder(root)].map(({ node }) => node.path)).toEqual(['d', 'b/z', 'b.']);
});

test('5000 nested directories do not overflow the stack', () => {
  const tree = buildTree([file(`${'d/'.repeat(5000)}f`, '')]);
  expect(tree.inodeCount).toBe(5002);
});

const unsafe: [name: string, nodes: ImageNode[], message: RegExp][] = [
  ['the same path twice', [file('a', ''), file('a', '')], /twice/],
  ['a file and a directory of one path', [file('a', ''), directory('a')], /twice/],
  ['something below a file', [file('a', ''), file('a/b', '')], /no directory/],
  ['a root that is a file', [file('', '')], /root/],
  ['a leading slash', [file('/a', '')], /absolute/],
  ['a trailing slash', [file('a/', '')], /name/],
  ['an empty component', [file('a//b', '')], /name/],
  ['a dot', [file('a/./b', '')], /name/],
  ['two dots', [file('..', '')], /name/],
  ['a NUL', [file('a\0', '')], /name/],
  ['256 bytes', [file('é'.repeat(128), '')], /more than/],
  ['an empty target', [symlink('a', '')], /target/],
  ['a target of 4096 bytes', [symlink('a', 'x'.repeat(4096))], /target/],
  ['a hard link to nothing', [hardlink('a', 'b')], /hard link to b, which/],
  ['a hard link to a directory', [directory('b'), hardlink('a', 'b')], /hard link to b, which/],
  ['a hard link to a hard link', [hardlink('a', 'b'), hardlink('b', 'a')], /hard link to b, which/],
];

test.each(unsafe)('%s is unsafe', (_name, nodes, message) => {
  expect(() => buildTree(nodes)).toThrow(
    expect.objectContaining({ code: 'unsafe-entry', message: expect.stringMatching(message) }),
  );
});

test.each([
  ['mode', file('a', '', { mode: 0o100644 })],
  ['negative mtime', file('a', '', { mtime: -1 })],
  ['fractional mtime', file('a', '', { mtime: 0.5 })],
  ['uid', file('a', '', { uid: 2 ** 32 })],
  ['major', device('a', 'char-device', [4096, 0])],
  ['minor', device('a', 'char-device', [0, 2 ** 20])],
])('a %s that does not fit is the caller’s defect', (_name, node) => {
  expect(() => buildTree([node])).toThrow(RangeError);
});
