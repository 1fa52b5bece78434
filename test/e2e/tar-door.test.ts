import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ArchiveContents, readArchive } from '../../src/analyze/archive.ts';
import type { Entry } from '../../src/analyze/entry.ts';
import { bytesContent, streamContent } from '../../src/content.ts';
import { openInput } from '../../src/host/open-input.ts';
import { openSpool } from '../../src/host/spool.ts';
import { comparePaths, pathBytes, pathText } from '../../src/path-text.ts';
import { runChecked } from './support/run-command.ts';

/** Archives of the real tar programs against the files on disk that they were made of. */
const work = mkdtempSync(join(tmpdir(), 'tar-door-'));
const tree = join(work, 'tree');
const XATTR = Uint8Array.of(0, 0xff, 0x0a, 0x3d, 0x80);

beforeAll(async () => {
  makeTree();
  const script = 'import os,sys; os.setxattr(sys.argv[1], "user.raw", bytes.fromhex(sys.argv[2]))';
  const hex = Buffer.from(XATTR).toString('hex');
  await runChecked('python3', ['-c', script, join(tree, 'plain/bin'), hex]);
});

afterAll(() => rmSync(work, { recursive: true }));

/** What a format can hold: `plain` is for all, v7 included. */
type Part = 'plain' | 'fifo' | 'long' | 'foreign' | 'sparse';
const MODERN: Part[] = ['plain', 'fifo', 'long', 'foreign', 'sparse'];

const PYTHON = `
import sys, tarfile
out, root, form, parts = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]
with tarfile.open(out, 'w:gz', format=getattr(tarfile, form)) as t:
    for part in parts:
        t.add(root + '/' + part, part)
`;

test.each<[title: string, flags: string[], parts: Part[]]>([
  ['v7', ['--format=v7'], ['plain']],
  ['oldgnu', ['--format=oldgnu'], MODERN],
  ['gnu', ['--format=gnu'], MODERN],
  ['ustar', ['--format=ustar'], ['plain', 'fifo', 'foreign']],
  ['posix', ['--format=posix'], MODERN],
  ['oldgnu, sparse', ['--format=oldgnu', '--sparse'], MODERN],
  ['gnu, sparse', ['--format=gnu', '--sparse'], MODERN],
  ['posix, sparse 0.0', ['--format=posix', '--sparse', '--sparse-version=0.0'], MODERN],
  ['posix, sparse 0.1', ['--format=posix', '--sparse', '--sparse-version=0.1'], MODERN],
  ['posix, sparse 1.0', ['--format=posix', '--sparse', '--sparse-version=1.0'], MODERN],
  ['a label', ['--format=gnu', '--label=VOLUME'], MODERN],
  ['incremental', ['--format=gnu', '--incremental'], MODERN],
  ['gzip', ['--format=gnu', '--gzip'], MODERN],
  [
    'a global header',
    ['--format=posix', '--pax-option=globexthdr.comment=hello,comment=hello'],
    MODERN,
  ],
])('GNU tar: %s', async (_title, flags, parts) => {
  const archive = join(work, 'gnu.tar');
  const members = parts.map(part => `./${part}`);
  await runChecked('tar', ['--create', '--file', archive, ...flags, '-C', tree, ...members]);
  const contents = await readFile(archive);
  expect(contents.entries).toEqual(await onDisk(parts));
  expect(contents.notes).toEqual([]);
  expect(contents.findings).toEqual([]);
  const isSparse = flags.includes('--sparse');
  expect(contents.holes).toBe(isSparse ? 2 : 0);
  expect(contents.hardLinks).toBe(parts.includes('long') ? 3 : 2);
});

test('GNU tar: extended attributes', async () => {
  const archive = join(work, 'xattrs.tar');
  const flags = ['--create', '--xattrs', '--xattrs-include=*', '--file', archive];
  await runChecked('tar', [...flags, '-C', tree, 'plain']);
  const { raw } = await readFile(archive);
  const xattrs = raw.entries.find(({ path }) => path === 'plain/bin')?.xattrs.get('user.raw');
  expect(xattrs).toEqual(XATTR);
});

test.each<[format: string, parts: Part[]]>([
  ['USTAR_FORMAT', ['plain', 'fifo']],
  ['GNU_FORMAT', MODERN],
  ['PAX_FORMAT', MODERN],
])("Python's tarfile: %s", async (format, parts) => {
  const archive = join(work, 'python.tgz');
  await runChecked('python3', ['-c', PYTHON, archive, tree, format, ...parts]);
  const contents = await readFile(archive);
  expect(contents.entries).toEqual(await onDisk(parts));
});

test.runIf(hasBsdtar()).each<[format: string, parts: Part[]]>([
  ['v7', ['plain']],
  ['ustar', ['plain', 'fifo']],
  ['gnutar', ['plain', 'fifo', 'long', 'sparse']],
  ['pax', ['plain', 'fifo', 'long', 'sparse']],
])('bsdtar: %s', async (format, parts) => {
  const archive = join(work, 'bsd.tgz');
  const flags = ['-c', '-z', '--format', format, '-f', archive, '-C', tree];
  await runChecked('bsdtar', [...flags, ...parts]);
  const contents = await readFile(archive);
  expect(contents.entries).toEqual(await onDisk(parts));
  const holder = contents.raw.entries.find(({ xattrs }) => xattrs.has('user.raw'));
  expect(holder?.xattrs.get('user.raw')).toEqual(format === 'pax' ? XATTR : undefined);
});

test('what gzip(1) made of two halves, with garbage behind', async () => {
  const whole = join(work, 'whole.tar');
  const archive = join(work, 'halves.tgz');
  await runChecked('tar', ['--create', '--file', whole, '-C', tree, 'plain', 'long']);
  const bytes = readFileSync(whole);
  writeFileSync(archive, '');
  for (const half of [bytes.subarray(0, 5000), bytes.subarray(5000)]) {
    appendFileSync(archive, execFileSync('gzip', ['-9'], { input: half }));
  }
  appendFileSync(archive, 'garbage');
  const contents = await readFile(archive);
  expect(contents.entries).toEqual(await onDisk(['plain', 'long']));
  expect(contents.notes).toEqual(['data after the end of the gzip stream were ignored']);
});

function hasBsdtar(): boolean {
  const found = spawnSync('bsdtar', ['--version']).status === 0;
  if (!found) process.stderr.write('skipped: no bsdtar (Debian package libarchive-tools)\n');
  return found;
}

function makeTree(): void {
  for (const part of MODERN) mkdirSync(join(tree, part), { recursive: true });
  const plain = join(tree, 'plain');
  writeFileSync(join(plain, 'bin'), Buffer.alloc(100_000, 'binary '), { mode: 0o4755 });
  writeFileSync(join(plain, 'empty'), '');
  linkSync(join(plain, 'bin'), join(plain, 'hard'));
  linkSync(join(plain, 'bin'), join(plain, 'a-hard'));
  symlinkSync('bin', join(plain, 'relative'));
  symlinkSync('/run/torcx', join(plain, 'absolute'));
  mkdirSync(join(plain, 'directory'), { mode: 0o700 });
  utimesSync(join(plain, 'empty'), 1234.75, 1234.75);
  execFileSync('mkfifo', [join(tree, 'fifo/pipe')]);
  const long = join(tree, 'long', 'l'.repeat(200), 'm'.repeat(200));
  mkdirSync(long, { recursive: true });
  writeFileSync(join(long, 'file'), 'long');
  symlinkSync(`/${'t'.repeat(300)}`, join(long, 'link'));
  linkSync(join(long, 'file'), join(long, 'hard'));
  writeFileSync(Buffer.concat([Buffer.from(`${tree}/foreign/`), Buffer.of(0x62, 0xff, 0x0a)]), 'x');
  writeFileSync(join(tree, 'foreign', 'ü€'), 'y');
  makeSparse(join(tree, 'sparse/islands'), 40, 3 << 20);
  makeSparse(join(tree, 'sparse/hole'), 0, 5_000_001);
}

function makeSparse(path: string, islands: number, size: number): void {
  const file = openSync(path, 'w');
  for (let index = 0; index < islands; index += 1) writeSync(file, 'data', index * 65536 + 4096);
  truncateSync(path, size);
}

/** The files on disk as entryLine shows them. */
async function onDisk(parts: readonly Part[]): Promise<string[]> {
  const lines: [string, string][] = [];
  for (const path of parts.flatMap(part => [part, ...below(part)])) {
    const full = Buffer.concat([Buffer.from(`${tree}/`), pathBytes(path)]);
    const stats = lstatSync(full);
    const words = [
      stats.mode & 0o7777,
      `${stats.uid}:${stats.gid}`,
      Math.floor(stats.mtimeMs / 1000),
    ];
    if (stats.isDirectory()) words.unshift('directory');
    else if (stats.isFIFO()) words.unshift('fifo');
    else if (stats.isSymbolicLink()) words.unshift('symlink', readlinkSync(full));
    else words.unshift('file', await hash(readFileSync(full)));
    lines.push([path, `${JSON.stringify(path)} ${words.join(' ')}`]);
  }
  return lines.sort(([a], [b]) => comparePaths(a, b)).map(([, line]) => line);
}

function below(part: string): string[] {
  const names = readdirSync(Buffer.from(join(tree, part)), { encoding: 'buffer' });
  return names.flatMap(name => {
    const path = `${part}/${pathText(name)}`;
    const full = Buffer.concat([Buffer.from(`${tree}/${part}/`), name]);
    return lstatSync(full).isDirectory() ? [path, ...below(path)] : [path];
  });
}

interface FileContents {
  readonly raw: ArchiveContents;
  readonly entries: string[];
  readonly notes: readonly string[];
  readonly findings: readonly unknown[];
  /** Number of files that are known to have holes. */
  readonly holes: number;
  readonly hardLinks: number;
}

async function readFile(path: string): Promise<FileContents> {
  const input = await openInput(path, () => process.stdin);
  const spool = await openSpool(work);
  try {
    const raw = await readArchive({ name: path, ...input }, spool);
    const byPath = new Map(raw.entries.map(entry => [entry.path, entry]));
    const entries = await Promise.all(raw.entries.map(entry => entryLine(entry, byPath)));
    const holes = raw.entries.filter(entry => entry.kind === 'file' && entry.content.dataRanges);
    const hardLinks = raw.entries.filter(({ kind }) => kind === 'hardlink');
    return {
      raw,
      entries,
      notes: raw.notes,
      findings: raw.findings,
      holes: holes.length,
      hardLinks: hardLinks.length,
    };
  } finally {
    await input.close();
    await spool.close();
  }
}

/** A hard link as the file that it is: on disk, no name comes before another. */
async function entryLine(entry: Entry, byPath: ReadonlyMap<string, Entry>): Promise<string> {
  const inode = entry.kind === 'hardlink' ? byPath.get(entry.target) : entry;
  if (!inode) throw new Error(`${entry.path} is a hard link to nothing`);
  const words = [JSON.stringify(entry.path), inode.kind];
  if (inode.kind === 'symlink') words.push(inode.target);
  if (inode.kind === 'file') words.push(await hashStream(streamContent(inode.content)));
  return [...words, inode.mode, `${inode.uid}:${inode.gid}`, inode.mtime].join(' ');
}

function hash(bytes: Uint8Array): Promise<string> {
  return hashStream(streamContent(bytesContent(bytes)));
}

async function hashStream(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const sum = createHash('sha256');
  for await (const chunk of chunks) sum.update(chunk);
  return sum.digest('hex');
}
