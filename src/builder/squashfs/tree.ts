import { ToolError } from '../../errors.ts';
import { impliedDirectory } from '../../file-node.ts';
import { baseName, parentOf } from '../../path-names.ts';
import { pathBytes } from '../../path-text.ts';
import type { ImageNode } from '../image-node.ts';
import { MAX_NAME_LENGTH, MAX_SYMLINK_LENGTH } from './format.ts';

/** The nodes of an image, linked. Everything in it depends on the set of nodes only, not on the order they came in. */
export interface Tree {
  readonly root: TreeDirectory;
  /** Every directory after all that lie below it; the root is the last. Numbers ascend in this order. */
  readonly directories: readonly TreeDirectory[];
  readonly inodeCount: number;
}

export type TreeInode = TreeDirectory | TreeLeaf;

export interface TreeDirectory extends Numbered {
  readonly node: ImageNode & { readonly kind: 'directory' };
  readonly parent: TreeDirectory | undefined;
  /** Sorted by the bytes of their names. */
  readonly entries: TreeEntry[];
}

export interface TreeLeaf extends Numbered {
  readonly node: Exclude<ImageNode, { readonly kind: 'directory' | 'hardlink' }>;
  readonly entries?: undefined;
}

export interface TreeEntry {
  readonly name: Uint8Array;
  readonly inode: TreeInode;
}

interface Numbered {
  /** 1…inode count. */
  number: number;
  /** What stat shows as the link count. */
  links: number;
}

/**
 * Links the nodes to a tree; parents that have no node of their own become root's, mode 0755.
 * @throws ToolError unsafe-entry for a name, path or target that no image can hold
 */
export function buildTree(nodes: Iterable<ImageNode>): Tree {
  const builder = new TreeBuilder();
  const hardlinks: (ImageNode & { readonly kind: 'hardlink' })[] = [];
  const directories: (ImageNode & { readonly kind: 'directory' })[] = [];
  const leaves: TreeLeaf['node'][] = [];
  for (const node of nodes) {
    assertNode(node);
    if (node.kind === 'hardlink') hardlinks.push(node);
    else if (node.kind === 'directory') directories.push(node);
    else leaves.push(node);
  }
  // A parent must be linked before its child, whichever came first.
  for (const node of directories.sort((a, b) => a.path.length - b.path.length))
    builder.addDirectory(node);
  for (const node of leaves) builder.addLeaf(node);
  for (const node of hardlinks) builder.addHardlink(node.path, node.target);
  return finishTree(builder.root());
}

/** All inodes that are files, each once, in the order of the sorted tree: the order of their data in the image. */
export function* filesInOrder(root: TreeDirectory): Generator<FileLeaf, void, undefined> {
  const seen = new Set<TreeInode>();
  const stack = [root.entries.values()];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const next = top.next();
    if (next.done) {
      stack.pop();
      continue;
    }
    const { inode } = next.value;
    if (inode.entries) stack.push(inode.entries.values());
    else if (isFile(inode) && !seen.has(inode)) {
      if (inode.links > 1) seen.add(inode);
      yield inode;
    }
  }
}

export type FileLeaf = TreeLeaf & { readonly node: { readonly kind: 'file' } };

function isFile(inode: TreeLeaf): inode is FileLeaf {
  return inode.node.kind === 'file';
}

class TreeBuilder {
  readonly #inodes = new Map<string, TreeInode>();

  root(): TreeDirectory {
    return this.#directoryAt('');
  }

  addDirectory(node: TreeDirectory['node']): void {
    const parent = node.path === '' ? undefined : this.#directoryAt(parentOf(node.path));
    this.#place(node.path, { node, parent, entries: [], number: 0, links: 2 }, parent);
    if (parent) parent.links += 1;
  }

  addLeaf(node: TreeLeaf['node']): void {
    this.#place(node.path, { node, number: 0, links: 1 }, this.#directoryAt(parentOf(node.path)));
  }

  addHardlink(path: string, target: string): void {
    const inode = this.#inodes.get(target);
    if (!inode || inode.entries)
      throw unsafe(path, `is a hard link to ${target}, which is not there`);
    this.#place(path, inode, this.#directoryAt(parentOf(path)));
    inode.links += 1;
  }

  /** Makes the missing ancestors from the top down: a hostile path is deeper than the call stack. */
  #directoryAt(path: string): TreeDirectory {
    for (const ancestor of this.#inodes.has(path) ? [] : prefixesOf(path)) {
      if (!this.#inodes.has(ancestor)) this.addDirectory(impliedDirectory(ancestor));
    }
    const directory = this.#inodes.get(path);
    if (!directory?.entries) throw unsafe(path, 'is no directory, but something lies below it');
    return directory;
  }

  #place(path: string, inode: TreeInode, parent: TreeDirectory | undefined): void {
    if (this.#inodes.has(path)) throw unsafe(path, 'is there twice');
    this.#inodes.set(path, inode);
    parent?.entries.push({ name: nameBytes(path), inode });
  }
}

/**
 * Sorts the listings and numbers the inodes: a directory's children get consecutive numbers, after all that lies
 * below them, so that few directory headers are needed; the root gets the last number.
 */
function finishTree(root: TreeDirectory): Tree {
  const directories = sortedPostOrder(root);
  let number = 0;
  for (const directory of directories) {
    for (const { inode } of directory.entries) {
      if (inode.number !== 0) continue;
      number += 1;
      inode.number = number;
    }
  }
  root.number = number + 1;
  return { root, directories, inodeCount: root.number };
}

/** An explicit stack, because a hostile tree may be deeper than the call stack. */
function sortedPostOrder(root: TreeDirectory): TreeDirectory[] {
  const reversed: TreeDirectory[] = [];
  const stack = [root];
  for (let directory = stack.pop(); directory; directory = stack.pop()) {
    reversed.push(directory);
    directory.entries.sort((a, b) => Buffer.compare(a.name, b.name));
    for (const { inode } of directory.entries) if (inode.entries) stack.push(inode);
  }
  return reversed.reverse();
}

/** Of `a/b`: the root, `a`, `a/b`. */
function* prefixesOf(path: string): Generator<string, void, undefined> {
  yield '';
  if (path === '') return;
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
    yield path.slice(0, end);
  }
  yield path;
}

function nameBytes(path: string): Uint8Array {
  const name = pathBytes(baseName(path));
  const isDots = path === '.' || path === '..' || path.endsWith('/.') || path.endsWith('/..');
  if (name.length === 0 || isDots || name.includes(0))
    throw unsafe(path, 'has a name that no file can have');
  if (name.length > MAX_NAME_LENGTH)
    throw unsafe(path, `has a name of more than ${MAX_NAME_LENGTH} bytes`);
  return name;
}

function assertNode(node: ImageNode): void {
  const { path, mode, uid, gid, mtime } = node;
  if (path.startsWith('/')) throw unsafe(path, 'is absolute');
  assertFields(path, [
    { field: 'mode', value: mode, highest: 0o7777 },
    { field: 'uid', value: uid, highest: 0xffff_ffff },
    { field: 'gid', value: gid, highest: 0xffff_ffff },
    { field: 'mtime', value: mtime, highest: 0xffff_ffff },
  ]);
  if (path === '' && node.kind !== 'directory') throw unsafe(path, 'is the root, but no directory');
  if (node.kind === 'symlink') assertTarget(path, pathBytes(node.target));
  if (node.kind === 'char-device' || node.kind === 'block-device') {
    assertFields(path, [
      { field: 'major', value: node.major, highest: 0xfff },
      { field: 'minor', value: node.minor, highest: 0xf_ffff },
    ]);
  }
}

interface Field {
  readonly field: string;
  readonly value: number;
  readonly highest: number;
}

/** The caller has made these numbers: one that does not fit is its defect, not the input's. */
function assertFields(path: string, fields: readonly Field[]): void {
  for (const { field, value, highest } of fields) {
    const fits = Number.isInteger(value) && value >= 0 && value <= highest;
    if (!fits) throw new RangeError(`${field} ${value} of "${path}" is not in 0…${highest}`);
  }
}

function assertTarget(path: string, target: Uint8Array): void {
  const fits = target.length > 0 && target.length <= MAX_SYMLINK_LENGTH && !target.includes(0);
  if (!fits)
    throw unsafe(
      path,
      `has a link target that is empty, longer than ${MAX_SYMLINK_LENGTH} bytes or holds a NUL`,
    );
}

function unsafe(entry: string, reason: string): ToolError<'unsafe-entry'> {
  return new ToolError('unsafe-entry', { entry, reason });
}
