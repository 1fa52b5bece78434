import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bytesContent } from '../../src/content.ts';
import { conformanceTrees } from '../support/conformance-trees.ts';
import { imageOf, type NodeSummary, summarizeImage } from '../support/image-trees.ts';
import { runOk } from './support/run.ts';

const directory = mkdtempSync(join(tmpdir(), 'squashfs-reader-'));
const tree = join(directory, 'tree');
const foreign = join(directory, 'foreign.squashfs');
let expected: NodeSummary[] = [];
afterAll(() => rmSync(directory, { recursive: true, force: true }));

beforeAll(async () => {
  const wanted = [
    'holes',
    'hard links to everything',
    'duplicate files and tails',
    'a listing of more than 64 KiB',
  ];
  const nodes = conformanceTrees(128 * 1024)
    .filter(([name]) => wanted.includes(name))
    .flatMap(([name, makeNodes]) =>
      makeNodes().map(node => {
        const base = name.replaceAll(' ', '-');
        const path = node.path === '' ? base : `${base}/${node.path}`;
        return node.kind === 'hardlink'
          ? { ...node, path, target: `${base}/${node.target}` }
          : { ...node, path };
      }),
    );
  const image = await imageOf(nodes);
  const ours = join(directory, 'ours.squashfs');
  writeFileSync(ours, image);
  runOk('unsquashfs', ['-quiet', '-no-progress', '-dest', tree, ours]);
  expected = comparable(await summarizeImage(bytesContent(image)));
});

const writers: [writer: string, args: readonly string[]][] = [
  ...['gzip', 'lz4', 'xz', 'zstd'].flatMap((name): [string, readonly string[]][] => [
    ['mksquashfs', ['-comp', name, '-b', '4K']],
    ['mksquashfs', ['-comp', name, '-b', '1M', '-always-use-fragments']],
  ]),
  ['mksquashfs', ['-comp', 'lz4', '-Xhc']],
  ['mksquashfs', ['-noI', '-noD', '-noF', '-noX']],
  ['mksquashfs', ['-no-fragments', '-no-exports', '-no-duplicates', '-no-xattrs']],
  ['gensquashfs', ['-c', 'gzip']],
  ['gensquashfs', ['-c', 'zstd', '-e']],
  ['gensquashfs', ['-c', 'lz4']],
];

test.each(writers)('reads what %s %j writes', async (writer, args) => {
  rmSync(foreign, { force: true });
  if (writer === 'mksquashfs') runOk(writer, [tree, foreign, '-noappend', '-no-progress', ...args]);
  else runOk(writer, ['--pack-dir', tree, ...args, '--quiet', '--keep-time', foreign]);
  const found = comparable(await summarizeImage(bytesContent(readFileSync(foreign))));
  // gensquashfs does not look for hard links, and mksquashfs before 4.7.5 loses those of symlinks.
  const lost = writer === 'gensquashfs' ? / as .*/ : /(?<=^symlink .*) as .*/;
  const dropLinks = (node: NodeSummary) => ({ ...node, what: node.what.replace(lost, '') });
  expect(found.map(dropLinks)).toEqual(expected.map(dropLinks));
});

test.each(['lzo', 'lzma', 'xz -Xbcj x86'])('says what to do with %s', async compressor => {
  const binaries = join(directory, 'binaries');
  mkdirSync(binaries, { recursive: true });
  // mksquashfs keeps the filter only for blocks that get smaller by it, as much of a large program does.
  copyFileSync(process.execPath, join(binaries, 'node'));
  truncateSync(join(binaries, 'node'), 4 << 20);
  const options = ['-noappend', '-no-progress', '-comp', ...compressor.split(' ')];
  runOk('mksquashfs', [binaries, foreign, ...options]);
  const facts = expect.objectContaining({ suggestion: expect.stringContaining('mksquashfs') });
  await expect(summarizeImage(bytesContent(readFileSync(foreign)))).rejects.toThrow(
    expect.objectContaining({ code: 'tool-missing', facts }),
  );
});

/** The root of a directory on disk has its own mode and time. */
function comparable(summaries: NodeSummary[]): NodeSummary[] {
  return summaries.filter(({ path }) => path !== '');
}
