import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparePaths, pathBytes } from '../../src/path-text.ts';
import { describeEntries, readBytesArchive } from '../support/read-bytes-archive.ts';
import { gnuLong, type MemberOptions, member, pax, tar } from '../support/tar-builder.ts';

/** How a member's name, and whatever does not fit into the header, is written. */
type Spelling = 'header' | 'gnu' | 'pax';

interface Leaf {
  readonly kind: 'file' | 'directory' | 'symlink' | 'hardlink';
  readonly path: string;
  readonly mode: number;
  readonly uid: number;
  readonly mtime: number;
  readonly data: Uint8Array;
  readonly target: string;
  readonly xattr: Uint8Array | undefined;
  readonly spelling: Spelling;
  /** Decides the order in the archive. */
  readonly rank: number;
}

const component = fc.oneof(
  fc.constantFrom('a', 'b', 'c', 'd.service', 'ü', '\udcff', '\u{10000}', '\x1b[0m', ' '),
  fc.integer({ min: 90, max: 255 }).map(length => 'l'.repeat(length)),
);

const leaf: fc.Arbitrary<Leaf> = fc.record({
  kind: fc.constantFrom('file', 'file', 'directory', 'symlink', 'hardlink'),
  path: fc.array(component, { minLength: 1, maxLength: 4 }).map(parts => parts.join('/')),
  mode: fc.integer({ min: 0, max: 0o7777 }),
  uid: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  mtime: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  data: fc.uint8Array({ maxLength: 1500 }),
  target: fc.constantFrom('x', '/run/torcx', 't'.repeat(300)),
  xattr: fc.option(fc.uint8Array({ maxLength: 50 }), { nil: undefined }),
  spelling: fc.constantFrom('header', 'gnu', 'pax'),
  rank: fc.nat(),
});

test('every tree comes back as it was packed', async () => {
  const inputs = fc.record({
    leaves: fc.array(leaf, { maxLength: 25 }).map(consistent),
    chunkSize: fc.constantFrom(1, 511, 512, 513, 4096, 1 << 20),
    gzip: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(inputs, async ({ leaves, chunkSize, gzip }) => {
      const inOrder = [...leaves].sort((a, b) => a.rank - b.rank);
      const plain = tar(...inOrder.map(packed), member({ name: 'zzz' }));
      const archive = gzip ? gzipSync(plain, { level: 1 }) : plain;
      const { entries, notes } = await readBytesArchive(archive, { chunkSize });
      expect(notes).toEqual([]);
      expect(await describeEntries(entries)).toEqual(expected(leaves));
    }),
    { numRuns: 300 },
  );
});

/** Without the leaves that contradict an earlier one; hard links lead to the first file. */
function consistent(leaves: readonly Leaf[]): Leaf[] {
  const kept = new Map<string, Leaf>();
  const parents = new Set<string>();
  const file = leaves.find(({ kind }) => kind === 'file');
  for (const candidate of leaves) {
    const above = ancestors(candidate.path);
    const clash =
      kept.has(candidate.path) ||
      above.some(path => (kept.get(path)?.kind ?? 'directory') !== 'directory') ||
      (parents.has(candidate.path) && candidate.kind !== 'directory');
    const dangling = candidate.kind === 'hardlink' && (!file || kept.get(file.path) !== file);
    if (clash || dangling) continue;
    const target = candidate.kind === 'hardlink' && file ? file.path : candidate.target;
    kept.set(candidate.path, { ...candidate, target });
    if (candidate === file) kept.set(candidate.path, file);
    for (const path of above) parents.add(path);
  }
  return [...kept.values()];
}

function expected(leaves: readonly Leaf[]): string[] {
  const lines = new Map<string, string>([['zzz', 'file "zzz" 644 0:0 @0 ""']]);
  for (const { path } of leaves) {
    for (const above of ancestors(path)) {
      lines.set(above, `directory ${JSON.stringify(above)} 755 0:0 @0`);
    }
  }
  for (const one of leaves) lines.set(one.path, line(one, leaves));
  return [...lines].sort(([a], [b]) => comparePaths(a, b)).map(([, text]) => text);
}

function line(one: Leaf, leaves: readonly Leaf[]): string {
  const inode = one.kind === 'hardlink' ? leaves.find(({ path }) => path === one.target) : one;
  if (!inode) throw new Error('a hard link to nothing');
  const words = [one.kind, JSON.stringify(one.path), inode.mode.toString(8)];
  words.push(`${inode.uid}:0`, `@${inode.mtime}`);
  if (inode.xattr) words.push(`user.x=${Buffer.from(inode.xattr).toString('hex')}`);
  if (one.kind === 'symlink' || one.kind === 'hardlink') {
    words.push('->', JSON.stringify(one.target));
  }
  if (one.kind === 'file') words.push(JSON.stringify(Buffer.from(one.data).toString('latin1')));
  return words.join(' ');
}

const TYPES = { file: '0', hardlink: '1', symlink: '2', directory: '5' } as const;

function packed(one: Leaf): Buffer {
  const { kind, mode, uid, mtime, spelling } = one;
  const name = Buffer.from(pathBytes(`./${one.path}${kind === 'directory' ? '/' : ''}`));
  const isLink = kind === 'symlink' || kind === 'hardlink';
  const linkName = Buffer.from(isLink ? pathBytes(one.target) : []);
  const options: MemberOptions = {
    name: name.length > 100 || spelling !== 'header' ? 'cut' : name,
    type: TYPES[kind],
    mode,
    mtime,
    uid,
    linkName: linkName.subarray(0, 100),
    data: kind === 'file' ? one.data : '',
    format: spelling === 'gnu' ? 'gnu' : 'ustar',
  };
  const records: [string, string | Uint8Array][] = [];
  const extensions: Buffer[] = [];
  if (spelling === 'gnu') extensions.push(gnuLong('L', name), gnuLong('K', linkName));
  else {
    if (options.name === 'cut') records.push(['path', name]);
    if (linkName.length > 100) records.push(['linkpath', linkName]);
  }
  if (one.xattr) records.push(['SCHILY.xattr.user.x', one.xattr]);
  if (records.length > 0) extensions.push(pax(records));
  return Buffer.concat([...extensions, member(options)]);
}

function ancestors(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
