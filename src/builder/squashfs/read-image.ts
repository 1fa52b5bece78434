import { ByteReader } from '../../bytes.ts';
import { type Content, readBytes } from '../../content.ts';
import { ToolError } from '../../errors.ts';
import { type FileNodeMeta, fileNode, NO_XATTRS } from '../../file-node.ts';
import { pathText } from '../../path-text.ts';
import type { ImageNode } from '../image-node.ts';
import { DataReader } from './data-reader.ts';
import { type Decompress, openDecompressor } from './decompressor.ts';
import { parseListing } from './directory.ts';
import { MAX_NAME_LENGTH, type MetadataRef, NONE, refFromU64, refToU64 } from './format.ts';
import { asCorrupt } from './image-error.ts';
import { decodeDevice, type Inode } from './inodes.ts';
import { MetadataReader } from './metadata-reader.ts';
import { readInode } from './read-inode.ts';
import { readSuperblock } from './read-superblock.ts';
import { FIELD_OFFSETS, type Superblock } from './superblock.ts';
import { FRAGMENT_ENTRY_SIZE, ID_SIZE, parseFragmentEntry } from './tables.ts';
import { parseXattrId, readXattrPairs, XATTR_HEADER_SIZE, XATTR_ID_SIZE } from './xattrs.ts';

export interface SquashfsImage {
  readonly superblock: Superblock;
  /**
   * All nodes, each directory before what lies in it, names in the order of the image. The first name of an inode is
   * the node, later ones are hard links to it. Contents stay valid as long as the source does.
   * @throws ToolError archive-corrupt, archive-too-large, unsafe-entry
   */
  entries(): AsyncGenerator<ImageNode, void, undefined>;
}

/** Names in all directories. An image of 4 KiB can claim billions, by listings that compress a thousandfold. */
const MAX_ENTRIES = 2_000_000;
/**
 * Bytes of all listings together, and so of memory: 256 KiB per 10,000 short names. Those of nested directories are in
 * memory at the same time, and may be the same bytes on disk.
 */
const MAX_LISTING_BYTES = 64 << 20;
/** Block words in all files: 64 MiB of memory, or 2 TiB of content at 128 KiB. */
const MAX_BLOCKS = 2 ** 24;
/** PATH_MAX of Linux. Directories nested in each other would otherwise make paths of any length. */
const MAX_PATH_LENGTH = 4096;
/** Attributes of one inode: XATTR_LIST_MAX of Linux is 64 KiB of names. */
const MAX_XATTRS = 1024;
/** Attribute values in all inodes, which many inodes may share on disk, but not in memory. */
const MAX_XATTR_BYTES = 256 << 20;

/**
 * Opens a SquashFS 4.0 image, as leniently as unsquashfs, but trusting no number in it.
 * @param path names the image in errors
 * @throws ToolError input-not-archive for other versions, archive-truncated, archive-corrupt, tool-missing
 */
export async function openImage(source: Content, path = 'the image'): Promise<SquashfsImage> {
  const superblock = await readSuperblock(source, path);
  const decompress = await openDecompressor(superblock.compression);
  return {
    superblock,
    entries: () => new TreeReader(source, superblock, decompress).walk(),
  };
}

interface OpenDirectory {
  readonly path: string;
  readonly names: Iterator<{ readonly name: Uint8Array; readonly ref: MetadataRef }>;
}

/** One walk through the tree, with its budgets. */
class TreeReader {
  readonly #source: Content;
  readonly #superblock: Superblock;
  readonly #metadata: MetadataReader;
  readonly #data: DataReader;
  /** The first name of each inode, by reference. */
  readonly #firstNames = new Map<bigint, FileNodeMeta>();
  readonly #directories = new Set<bigint>();
  readonly #ids = new Map<number, number>();
  #entries = 0;
  #blocks = 0;
  #listingBytes = 0;
  #xattrBytes = 0;

  constructor(source: Content, superblock: Superblock, decompress: Decompress) {
    this.#source = source;
    this.#superblock = superblock;
    this.#metadata = new MetadataReader(source, decompress);
    const { blockSize } = superblock;
    const fragment = (index: number) => this.#fragment(index);
    this.#data = new DataReader({ image: source, blockSize, decompress, fragment });
  }

  async *walk(): AsyncGenerator<ImageNode, void, undefined> {
    const stack: OpenDirectory[] = [];
    try {
      const root = await this.#open('', this.#superblock.rootInode);
      if (root.node.kind !== 'directory')
        throw corrupt(FIELD_OFFSETS.rootInode, 'the root is no directory');
      yield root.node;
      if (root.directory) stack.push(root.directory);
      for (let top = stack.at(-1); top; top = stack.at(-1)) {
        const { path, names } = top;
        const next = names.next();
        if (next.done) {
          stack.pop();
          continue;
        }
        const { name, ref } = next.value;
        const { node, directory } = await this.#open(this.#childPath(path, name), ref);
        yield node;
        if (directory) stack.push(directory);
      }
    } catch (cause) {
      // Whatever a damaged image makes go wrong below says what; this adds which entry it was.
      throw asCorrupt(cause, this.#superblock.inodeTable, this.#entries);
    }
  }

  async #open(
    path: string,
    ref: MetadataRef,
  ): Promise<{ node: ImageNode; directory?: OpenDirectory }> {
    this.#count();
    const key = refToU64(ref);
    const first = this.#firstNames.get(key);
    // Not read again: a hundred thousand names may lead to one inode of sixty megabytes.
    if (first) return { node: { ...first, path, kind: 'hardlink', target: first.path } };
    const inode = await this.#inode(ref);
    if (inode.type === 'directory') {
      if (this.#directories.has(key))
        throw new RangeError(`the directory ${path} lies in itself or in two places`);
      this.#directories.add(key);
      const node = { ...(await this.#meta(path, inode)), kind: 'directory' } as const;
      const names = await this.#listing(inode);
      return { node, directory: { path, names } };
    }
    const meta = await this.#meta(path, inode);
    this.#firstNames.set(key, meta);
    return { node: this.#leaf(meta, inode) };
  }

  #leaf(meta: FileNodeMeta, inode: Exclude<Inode, { type: 'directory' }>): ImageNode {
    switch (inode.type) {
      case 'file':
        this.#countBlocks(inode.words.length);
        return fileNode(meta, this.#data.content(inode, this.#entries));
      case 'symlink':
        return { ...meta, kind: 'symlink', target: pathText(inode.target) };
      case 'char-device':
      case 'block-device':
        return { ...meta, kind: inode.type, ...decodeDevice(inode.rdev) };
      default:
        return { ...meta, kind: inode.type };
    }
  }

  async #inode(ref: MetadataRef): Promise<Inode> {
    const cursor = this.#metadata.cursor(this.#superblock.inodeTable, ref);
    const { blockSize } = this.#superblock;
    const take = (length: number) => cursor.take(length);
    return readInode(take, { blockSize, maxWords: MAX_BLOCKS, withIndex: false });
  }

  async #meta(path: string, inode: Inode): Promise<FileNodeMeta> {
    return {
      path,
      mode: inode.mode & 0o7777,
      uid: this.#ids.get(inode.uid) ?? (await this.#id(inode.uid)),
      gid: this.#ids.get(inode.gid) ?? (await this.#id(inode.gid)),
      mtime: inode.mtime,
      xattrs: inode.xattr === NONE ? NO_XATTRS : await this.#xattrs(inode.xattr),
    };
  }

  async #listing(inode: Inode & { type: 'directory' }): Promise<OpenDirectory['names']> {
    const { listing, listingSize } = inode;
    if (listingSize === 0) return parseListing(new Uint8Array());
    this.#listingBytes += listingSize;
    if (this.#listingBytes > MAX_LISTING_BYTES)
      throw tooLarge('the listings of directories', MAX_LISTING_BYTES);
    const cursor = this.#metadata.cursor(this.#superblock.directoryTable, listing);
    return parseListing((await cursor.take(listingSize)).slice());
  }

  async #id(index: number): Promise<number> {
    if (index >= this.#superblock.idCount)
      throw new RangeError(`owner ${index} is not in the id table`);
    const element = await this.#metadata.element(this.#superblock.idTable, index, ID_SIZE);
    const id = new ByteReader(element).u32();
    this.#ids.set(index, id);
    return id;
  }

  async #fragment(index: number) {
    const { fragmentTable, fragmentCount } = this.#superblock;
    if (fragmentTable === null || index >= fragmentCount)
      throw new RangeError(`there is no fragment ${index}`);
    return parseFragmentEntry(
      await this.#metadata.element(fragmentTable, index, FRAGMENT_ENTRY_SIZE),
    );
  }

  async #xattrs(index: number): Promise<ReadonlyMap<string, Uint8Array>> {
    const { xattrTable } = this.#superblock;
    if (xattrTable === null) throw new RangeError('extended attributes without a table of them');
    const header = new ByteReader(await readBytes(this.#source, xattrTable, XATTR_HEADER_SIZE));
    const pairs = Number(header.u64());
    if (index >= header.u32())
      throw new RangeError(`there is no set ${index} of extended attributes`);
    const { ref, count } = parseXattrId(
      await this.#metadata.element(xattrTable + XATTR_HEADER_SIZE, index, XATTR_ID_SIZE),
    );
    if (count > MAX_XATTRS) throw tooLarge('the extended attributes of a file', `${MAX_XATTRS}`);
    const takeAt = (at: bigint) => {
      const cursor = this.#metadata.cursor(pairs, refFromU64(at));
      return (length: number) => cursor.take(length);
    };
    const xattrs = await readXattrPairs(takeAt(ref), count, takeAt);
    for (const value of xattrs.values()) this.#xattrBytes += value.length;
    if (this.#xattrBytes > MAX_XATTR_BYTES) throw tooLarge('extended attributes', MAX_XATTR_BYTES);
    return xattrs;
  }

  #childPath(parent: string, name: Uint8Array): string {
    const text = pathText(name);
    const path = parent === '' ? text : `${parent}/${text}`;
    const isUnsafe = text === '.' || text === '..' || name.includes(0x2f) || name.includes(0);
    if (isUnsafe)
      throw new ToolError('unsafe-entry', {
        entry: path,
        reason: 'has a name that no file can have',
      });
    if (name.length > MAX_NAME_LENGTH || path.length > MAX_PATH_LENGTH) {
      throw new ToolError('unsafe-entry', {
        entry: path.slice(0, 256),
        reason: 'has a path that is too long',
      });
    }
    return path;
  }

  #count(): void {
    this.#entries += 1;
    if (this.#entries > MAX_ENTRIES) throw tooLarge('the number of files', `${MAX_ENTRIES}`);
  }

  #countBlocks(count: number): void {
    this.#blocks += count;
    if (this.#blocks > MAX_BLOCKS) throw tooLarge('the content', `${MAX_BLOCKS} blocks`);
  }
}

function corrupt(at: number, reason: string): ToolError {
  return new ToolError('archive-corrupt', { at, entry: 0, reason });
}

function tooLarge(what: string, limit: string | number): ToolError {
  return new ToolError('archive-too-large', { what, limit });
}
