import {
  type BigIntStats,
  lstatSync,
  readdirSync,
  readlinkSync,
  type Stats,
  statSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { append } from '../append.ts';
import { ToolError } from '../errors.ts';
import type { FileNode, FileNodeKind } from '../file-node.ts';
import { pathText } from '../path-text.ts';
import type { Attributes } from './attribute-dump.ts';
import { errorCode, inputError } from './disk-error.ts';
import { readAttributes } from './extended-attributes.ts';
import { assertStamp, SourceFiles, type SourceStamp, sourceStamp } from './source-file.ts';
import { systemName } from './system-name.ts';

/** A directory that is read as if it were an archive. */
export interface SourceTree {
  /** Everything in it but the directory itself; a hard link comes after the name that it leads to. */
  readonly nodes: readonly FileNode[];
  /** False where there was no program that can read them; then no node has any. */
  readonly hasAttributes: boolean;
  /** @throws ToolError `input-changed` when anything is not as it was when it was listed */
  assertUnchanged(): Promise<void>;
  close(): Promise<void>;
}

/** More names than any extension has: whoever gave `/` by mistake is told so before the memory is full. */
const MOST_NODES = 250_000;

/**
 * Lists a directory, links not followed. Contents are read later, while they are used.
 * @param attributesOf the directories at the top whose extended attributes matter
 * @throws ToolError `input-missing`, `input-not-directory`, `input-unreadable`, `archive-too-large`
 */
export async function openSourceTree(
  path: string,
  attributesOf: readonly string[],
): Promise<SourceTree> {
  const root = resolve(path);
  assertDirectory(path);
  const names = attributesOf.filter(name => isThere(`${root}/${name}`));
  const attributes = await readAttributes(root, names);
  const walk = new Walk(path, root, attributes === 'missing' ? new Map() : attributes);
  await walk.run();
  return {
    nodes: walk.nodes,
    hasAttributes: attributes !== 'missing',
    async assertUnchanged() {
      for (const [place, stamp] of walk.stamps) await assertStamp(place, stamp);
    },
    close: () => walk.files.close(),
  };
}

class Walk {
  readonly nodes: FileNode[] = [];
  readonly files = new SourceFiles();
  /** Of everything that was listed, by its path on the disk. */
  readonly stamps = new Map<string, SourceStamp>();
  readonly #shown: string;
  readonly #root: string;
  readonly #attributes: ReadonlyMap<string, Attributes>;
  /** The first name of each file that has several. */
  readonly #linked = new Map<string, string>();

  constructor(shown: string, root: string, attributes: ReadonlyMap<string, Attributes>) {
    this.#shown = shown;
    this.#root = root;
    this.#attributes = attributes;
  }

  async run(): Promise<void> {
    const waiting = this.#children('');
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      const node = this.#node(path);
      this.nodes.push(node);
      if (node.kind === 'directory') append(waiting, this.#children(path));
      if (this.nodes.length > MOST_NODES) throw tooLarge(this.#shown);
      // Signals and progress get their turn.
      if (this.nodes.length % NODES_BETWEEN_PAUSES === 0) await new Promise(setImmediate);
    }
  }

  /** The last one first: they are taken from the end. */
  #children(path: string): string[] {
    const names = this.#onDisk(path, place =>
      readdirSync(systemName(place), { encoding: 'buffer' }),
    );
    names.sort((a, b) => Buffer.compare(b, a));
    return names.map(name => (path === '' ? pathText(name) : `${path}/${pathText(name)}`));
  }

  #node(path: string): FileNode {
    const stats = this.#onDisk(path, place => lstatSync(systemName(place), { bigint: true }));
    this.stamps.set(this.#place(path), sourceStamp(stats));
    const meta = {
      path,
      mode: Number(stats.mode & 0o7777n),
      uid: Number(stats.uid),
      gid: Number(stats.gid),
      mtime: Math.min(Math.max(0, Number(stats.mtimeNs / 1_000_000_000n)), 2 ** 32 - 1),
      xattrs: this.#attributes.get(path) ?? new Map<string, Uint8Array>(),
    };
    return { ...meta, ...this.#kind(path, stats) };
  }

  #kind(path: string, stats: BigIntStats): FileNodeKind {
    if (stats.isDirectory()) return { kind: 'directory' };
    const first = stats.nlink > 1n ? this.#firstName(path, stats) : path;
    if (first !== path) return { kind: 'hardlink', target: first };
    if (stats.isFile()) {
      return { kind: 'file', content: this.files.content(this.#place(path), sourceStamp(stats)) };
    }
    if (stats.isSymbolicLink()) {
      const target = this.#onDisk(path, place => readlinkSync(systemName(place), 'buffer'));
      return { kind: 'symlink', target: pathText(target) };
    }
    if (stats.isFIFO()) return { kind: 'fifo' };
    if (stats.isSocket()) return { kind: 'socket' };
    return { kind: stats.isBlockDevice() ? 'block-device' : 'char-device', ...device(stats.rdev) };
  }

  #firstName(path: string, { dev, ino }: BigIntStats): string {
    const inode = `${dev}:${ino}`;
    const first = this.#linked.get(inode);
    if (first === undefined) this.#linked.set(inode, path);
    return first ?? path;
  }

  #place(path: string): string {
    return path === '' ? this.#root : `${this.#root === '/' ? '' : this.#root}/${path}`;
  }

  #onDisk<T>(path: string, call: (place: string) => T): T {
    try {
      return call(this.#place(path));
    } catch (error) {
      const shown = path === '' ? this.#shown : `${this.#shown.replace(/\/+$/, '')}/${path}`;
      if (errorCode(error) === 'ENOENT') throw new ToolError('input-changed', { path: shown });
      throw inputError(error, shown);
    }
  }
}

const NODES_BETWEEN_PAUSES = 512;

/** As makedev(3) of Linux packs them. */
function device(rdev: bigint) {
  return {
    major: Number(((rdev >> 8n) & 0xfffn) | ((rdev >> 32n) & 0xfffff000n)),
    minor: Number((rdev & 0xffn) | ((rdev >> 12n) & 0xffffff00n)),
  };
}

function assertDirectory(path: string): void {
  const stats = statsOf(path);
  if (!stats) throw new ToolError('input-missing', { path });
  if (!stats.isDirectory()) throw new ToolError('input-not-directory', { path });
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (errorCode(error) === 'ENOTDIR') return undefined;
    throw inputError(error, path);
  }
}

function tooLarge(path: string): ToolError {
  return new ToolError('archive-too-large', {
    what: `the number of files in '${path}'`,
    limit: `${MOST_NODES}`,
  });
}
