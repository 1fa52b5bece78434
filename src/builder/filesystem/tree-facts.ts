import { createHash } from 'node:crypto';
import { type ByteRange, type Content, streamContent } from '../../content.ts';
import { baseName, parentOf } from '../../path-names.ts';
import { comparePaths, pathBytes } from '../../path-text.ts';
import type { ImageNode } from '../image-node.ts';

/** What has to be known of a tree before a file system of a fixed size can be made of it. */
export interface TreeFacts {
  /** The same tree; files have holes where they have pages of zeros. */
  readonly nodes: readonly ImageNode[];
  readonly files: readonly FileFacts[];
  /** Of each directory the names in it, as lengths in bytes. */
  readonly directories: readonly (readonly number[])[];
  /** Links whose target does not fit into an inode. */
  readonly longLinks: number;
  /** Nodes that have extended attributes. */
  readonly attributed: number;
  /** Without the root. */
  readonly inodes: number;
  /** Of everything that is in it, in hexadecimal. */
  readonly digest: string;
}

export interface FileFacts {
  /** Of {@link PAGE_BYTES}, without holes. */
  readonly pages: number;
  /** Pieces between holes. */
  readonly pieces: number;
}

export const PAGE_BYTES = 4096;

/** All file systems here keep shorter ones in the inode. */
const INLINE_LINK_BYTES = 60;

/**
 * Reads every file of a tree once.
 * @param nodes whole: every directory has a node
 * @param onBytes told how many bytes have been read so far
 */
export async function treeFacts(
  nodes: readonly ImageNode[],
  onBytes: (done: number) => void,
): Promise<TreeFacts> {
  const hash = createHash('sha256');
  const scanned: ImageNode[] = [];
  const files: FileFacts[] = [];
  let done = 0;
  for (const node of nodes) {
    hash.update(description(node));
    if (node.kind !== 'file') {
      scanned.push(node);
      continue;
    }
    const { digest, ranges } = await scan(node.content);
    hash.update(digest);
    scanned.push({ ...node, content: withHoles(node.content, ranges) });
    const pages = ranges.reduce((sum, { length }) => sum + Math.ceil(length / PAGE_BYTES), 0);
    files.push({ pages, pieces: ranges.length });
    done += node.content.size;
    onBytes(done);
  }
  return {
    nodes: scanned,
    files,
    directories: namesByDirectory(nodes),
    longLinks: nodes.filter(isLongLink).length,
    attributed: nodes.filter(({ xattrs }) => xattrs.size > 0).length,
    inodes: nodes.filter(({ kind }) => kind !== 'hardlink').length,
    digest: hash.digest('hex'),
  };
}

/** A UUID that is the image's own: made of its content, in version 8 of RFC 9562, which is there for that. */
export function treeUuid({ digest }: Pick<TreeFacts, 'digest'>): string {
  const variant = '89ab'[Number.parseInt(digest[16] ?? '0', 16) % 4];
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
}

function namesByDirectory(nodes: readonly ImageNode[]): number[][] {
  const names = new Map<string, number[]>([['', []]]);
  for (const { path, kind } of nodes) {
    if (kind === 'directory') names.set(path, []);
    names.get(parentOf(path))?.push(pathBytes(baseName(path)).length);
  }
  return [...names.values()];
}

function isLongLink(node: ImageNode): boolean {
  return node.kind === 'symlink' && pathBytes(node.target).length >= INLINE_LINK_BYTES;
}

function description(node: ImageNode): Uint8Array {
  const { path, kind, mode, mtime, xattrs } = node;
  const target = node.kind === 'symlink' || node.kind === 'hardlink' ? node.target : '';
  const attributes = [...xattrs].map(
    ([name, value]) => `${name}=${Buffer.from(value).toString('hex')}`,
  );
  const parts = [path, kind, mode, mtime, target, ...attributes.sort(comparePaths), ''];
  return pathBytes(parts.join('\0'));
}

interface Scan {
  readonly digest: Uint8Array;
  /** Whole pages but for the file's end. */
  readonly ranges: readonly ByteRange[];
}

const CHUNK_BYTES = 1 << 20;
const ZEROS = Buffer.alloc(PAGE_BYTES);

async function scan(content: Content): Promise<Scan> {
  const hash = createHash('sha256');
  const ranges: { offset: number; length: number }[] = [];
  let offset = 0;
  for await (const chunk of streamContent(content, CHUNK_BYTES)) {
    hash.update(chunk);
    for (let at = 0; at < chunk.length; at += PAGE_BYTES) {
      const page = chunk.subarray(at, at + PAGE_BYTES);
      if (Buffer.compare(page, ZEROS.subarray(0, page.length)) === 0) continue;
      const last = ranges.at(-1);
      if (last && last.offset + last.length === offset + at) last.length += page.length;
      else ranges.push({ offset: offset + at, length: page.length });
    }
    offset += chunk.length;
  }
  return { digest: hash.digest(), ranges };
}

function withHoles(content: Content, dataRanges: readonly ByteRange[]): Content {
  const { size } = content;
  return { size, dataRanges, readInto: (target, offset) => content.readInto(target, offset) };
}
