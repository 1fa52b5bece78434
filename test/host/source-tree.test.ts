import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readBytes } from '../../src/content.ts';
import { openSourceTree, type SourceTree } from '../../src/host/source-tree.ts';
import { pathText } from '../../src/path-text.ts';
import { toolErrorOf } from '../support/catch-error.ts';

let root: string;
let tree: SourceTree | undefined;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'source-tree-'));
  mkdirSync(join(root, 'usr/bin'), { recursive: true });
});
afterEach(async () => {
  await tree?.close();
  tree = undefined;
  rmSync(root, { recursive: true });
});

const at = (path: string) => join(root, path);

async function open(): Promise<SourceTree> {
  tree = await openSourceTree(root, ['usr', 'opt']);
  return tree;
}

async function contentOf(path: string): Promise<string> {
  const node = tree?.nodes.find(found => found.path === path);
  if (node?.kind !== 'file') throw new Error(`${path} is no file`);
  return Buffer.from(await readBytes(node.content)).toString();
}

test('everything is listed as it is, in the order of the names as bytes', async () => {
  writeFileSync(at('usr/bin/a'), 'text');
  chmodSync(at('usr/bin/a'), 0o4755);
  utimesSync(at('usr/bin/a'), 1, 1_700_000_000.9);
  linkSync(at('usr/bin/a'), at('usr/bin/b'));
  symlinkSync('../somewhere', at('usr/bin/c'));
  execFileSync('mkfifo', [at('usr/bin/d')]);
  const odd = Buffer.from('usr/bin/\xff\n', 'latin1');
  writeFileSync(Buffer.concat([Buffer.from(`${root}/`), odd]), '');
  mkdirSync(at('etc'));
  const { nodes } = await open();
  expect(nodes.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
    'etc directory',
    'usr directory',
    'usr/bin directory',
    'usr/bin/a file',
    'usr/bin/b hardlink',
    'usr/bin/c symlink',
    'usr/bin/d fifo',
    `${pathText(odd)} file`,
  ]);
  const uid = process.getuid?.();
  expect(nodes[3]).toMatchObject({ mode: 0o4755, uid, mtime: 1_700_000_000 });
  expect(nodes[4]).toMatchObject({ target: 'usr/bin/a' });
  expect(nodes[5]).toMatchObject({ target: '../somewhere' });
  expect(await contentOf('usr/bin/a')).toBe('text');
});

test('a file of holes has its size and its bytes', async () => {
  writeFileSync(at('usr/sparse'), 'begin');
  truncateSync(at('usr/sparse'), 1 << 20);
  appendFileSync(at('usr/sparse'), 'end');
  await open();
  const text = await contentOf('usr/sparse');
  expect([text.length, text.slice(0, 5), text.slice(-3)]).toEqual([(1 << 20) + 3, 'begin', 'end']);
});

test.each<[string, () => void]>([
  ['grows', () => appendFileSync(at('usr/bin/a'), 'more')],
  ['shrinks', () => truncateSync(at('usr/bin/a'), 1)],
  ['is written anew', () => writeFileSync(at('usr/bin/a'), 'text')],
  [
    'is replaced by another',
    () => {
      rmSync(at('usr/bin/a'));
      writeFileSync(at('usr/bin/a'), 'text');
    },
  ],
  [
    'is replaced by a link',
    () => {
      rmSync(at('usr/bin/a'));
      symlinkSync('/etc/passwd', at('usr/bin/a'));
    },
  ],
  ['vanishes', () => rmSync(at('usr/bin/a'))],
])('a file that %s before it is read is an error', async (_, change) => {
  writeFileSync(at('usr/bin/a'), 'text');
  await open();
  await new Promise(resolve => setTimeout(resolve, 20));
  change();
  const refused = await toolErrorOf(() => contentOf('usr/bin/a'));
  expect(refused.code).toMatch(/^input-(changed|unreadable)$/);
  expect(refused.facts).toMatchObject({ path: at('usr/bin/a') });
  expect((await toolErrorOf(async () => tree?.assertUnchanged())).code).toBe('input-changed');
});

test.each<[string, () => void]>([
  ['a file that comes', () => writeFileSync(at('usr/bin/new'), '')],
  ['another mode', () => chmodSync(at('usr/bin/a'), 0o600)],
  ['a directory that goes', () => rmSync(at('usr/bin'), { recursive: true })],
])('%s is noticed in the end', async (_, change) => {
  writeFileSync(at('usr/bin/a'), 'text');
  await (await open()).assertUnchanged();
  await new Promise(resolve => setTimeout(resolve, 20));
  change();
  expect((await toolErrorOf(async () => tree?.assertUnchanged())).code).toBe('input-changed');
});

test('what comes beside usr and opt does not matter: the image itself may be written there', async () => {
  await open();
  writeFileSync(at('image.raw'), '');
  await tree?.assertUnchanged();
});

test.each([
  ['nothing', 'input-missing', 'absent'],
  ['a file', 'input-not-directory', 'file'],
  ['something below a file', 'input-missing', 'file/x'],
])('%s is no tree', async (_, code, path) => {
  writeFileSync(at('file'), '');
  expect((await toolErrorOf(() => openSourceTree(at(path), []))).code).toBe(code);
});

test('a link to a directory is followed, since it was named', async () => {
  symlinkSync('.', at('link'));
  tree = await openSourceTree(at('link'), []);
  expect(tree.nodes.map(({ path }) => path)).toEqual(['link', 'usr', 'usr/bin']);
});
