import { createHash } from 'node:crypto';
import type { ImageNode } from '../../src/builder/image-node.ts';
import type { SquashfsOptions } from '../../src/builder/squashfs/image-options.ts';
import { openImage } from '../../src/builder/squashfs/read-image.ts';
import { writeImage } from '../../src/builder/squashfs/write-image.ts';
import { bytesContent, type Content, readBytes, sparseContent } from '../../src/content.ts';
import type { FileNodeMeta } from '../../src/file-node.ts';
import { comparePaths } from '../../src/path-text.ts';
import { MemorySink } from './memory-sink.ts';

type Meta = Partial<Omit<FileNodeMeta, 'path'>>;

const META = { mode: 0o644, uid: 0, gid: 0, mtime: 1_700_000_000, xattrs: new Map() };

export function file(
  path: string,
  content: string | Uint8Array | Content,
  meta: Meta = {},
): ImageNode {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const wrapped = bytes instanceof Uint8Array ? bytesContent(bytes) : bytes;
  return { ...META, ...meta, path, kind: 'file', content: wrapped };
}

export function directory(path: string, meta: Meta = {}): ImageNode {
  return { ...META, mode: 0o755, ...meta, path, kind: 'directory' };
}

export function symlink(path: string, target: string, meta: Meta = {}): ImageNode {
  return { ...META, mode: 0o777, ...meta, path, kind: 'symlink', target };
}

export function hardlink(path: string, target: string): ImageNode {
  return { ...META, path, kind: 'hardlink', target };
}

export function special(path: string, kind: 'fifo' | 'socket', meta: Meta = {}): ImageNode {
  return { ...META, ...meta, path, kind };
}

export function device(
  path: string,
  kind: 'char-device' | 'block-device',
  [major, minor]: readonly [number, number],
  meta: Meta = {},
): ImageNode {
  return { ...META, ...meta, path, kind, major, minor };
}

/** A file of `size` bytes that is a hole but for the given pieces. */
export function sparse(path: string, size: number, pieces: ReadonlyMap<number, string>): ImageNode {
  const entries = [...pieces].sort(([a], [b]) => a - b);
  const stored = bytesContent(new TextEncoder().encode(entries.map(([, text]) => text).join('')));
  const ranges = entries.map(([offset, text]) => ({ offset, length: Buffer.byteLength(text) }));
  return file(path, sparseContent(stored, ranges, size));
}

/** Bytes that look random, but are the same in every run; they do not compress. */
export function noise(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed >>> 0 || 1;
  for (let index = 0; index < length; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[index] = state & 0xff;
  }
  return bytes;
}

/** Text that compresses. */
export function prose(length: number, seed = 1): Uint8Array {
  const words = ['torcx', 'sysext', 'squashfs', 'systemd', 'image', 'merge', 'unit', '\n'];
  const picks = noise(Math.ceil(length / 4), seed);
  return Buffer.from(Array.from(picks, pick => words[pick % 8]).join(' ')).subarray(0, length);
}

export const ZSTD: SquashfsOptions = {
  compression: { name: 'zstd', level: 6 },
  blockSize: 128 * 1024,
  jobs: 1,
  mtime: 1_700_000_000,
};

export async function imageOf(
  nodes: Iterable<ImageNode>,
  options: Partial<SquashfsOptions> = {},
): Promise<Uint8Array> {
  const sink = new MemorySink();
  await writeImage(nodes, sink, { ...ZSTD, ...options });
  return sink.bytes();
}

/** A node in a form that can be compared: contents by size and hash, links resolved to groups of names. */
export interface NodeSummary {
  readonly path: string;
  readonly what: string;
  readonly owner: string;
  readonly mtime: number;
  readonly xattrs: string;
}

/** What a tree says, independent of order and of which name of an inode is the first. Sorted by path. */
export async function summarize(
  nodes: Iterable<ImageNode> | AsyncIterable<ImageNode>,
): Promise<NodeSummary[]> {
  const list: ImageNode[] = [];
  for await (const node of nodes) list.push(node);
  const byPath = new Map(list.map(node => [node.path, node]));
  const names = new Map<string, string[]>();
  for (const { path, ...node } of list) {
    const real = node.kind === 'hardlink' ? node.target : path;
    names.set(real, [...(names.get(real) ?? []), path].sort(comparePaths));
  }
  const summaries: NodeSummary[] = [];
  for (const node of list) {
    const real = node.kind === 'hardlink' ? byPath.get(node.target) : node;
    if (!real) throw new Error(`${node.path} links to nothing`);
    const group = names.get(real.path) ?? [];
    const links = group.length > 1 ? ` as ${group.join(' = ')}` : '';
    summaries.push({
      path: node.path,
      what: (await describe(real)) + links,
      owner: `${real.mode.toString(8)} ${real.uid}:${real.gid}`,
      mtime: real.mtime,
      xattrs: [...real.xattrs]
        .map(([name, value]) => `${name}=${Buffer.from(value).toString('hex')}`)
        .sort(comparePaths)
        .join(),
    });
  }
  return summaries.sort((a, b) => comparePaths(a.path, b.path));
}

export async function summarizeImage(source: Content): Promise<NodeSummary[]> {
  return summarize((await openImage(source)).entries());
}

/** Adds the parents that the writer makes up. */
export function withParents(nodes: readonly ImageNode[]): ImageNode[] {
  const all = new Map(nodes.map(node => [node.path, node]));
  for (const { path } of nodes) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const parent = path.slice(0, at);
      if (!all.has(parent)) all.set(parent, directory(parent, { mtime: 0 }));
    }
  }
  if (!all.has('')) all.set('', directory('', { mtime: 0 }));
  return [...all.values()];
}

const LARGE = 64 << 20;

async function describe(node: ImageNode): Promise<string> {
  if (node.kind === 'symlink') return `symlink ${node.target}`;
  if (node.kind === 'char-device' || node.kind === 'block-device') {
    return `${node.kind} ${node.major},${node.minor}`;
  }
  if (node.kind !== 'file') return node.kind;
  const { content } = node;
  if (content.size > LARGE) return `file ${content.size}`;
  const digest = createHash('sha256')
    .update(await readBytes(content))
    .digest('hex');
  return `file ${content.size} ${digest}`;
}
