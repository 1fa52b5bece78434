import { deflateSync } from 'node:zlib';
import { ByteWriter } from '../../src/builder/squashfs/byte-writer.ts';
import {
  type DirectoryEntry,
  type WrittenListing,
  writeListing,
} from '../../src/builder/squashfs/directory.ts';
import { COMPRESSION_IDS, type MetadataRef, NONE } from '../../src/builder/squashfs/format.ts';
import {
  type DirectoryBody,
  INODE_TYPES,
  type Inode,
  type InodeBody,
} from '../../src/builder/squashfs/inodes.ts';
import { type MetadataBlocks, MetadataWriter } from '../../src/builder/squashfs/metadata-writer.ts';
import { type Superblock, superblockToBytes } from '../../src/builder/squashfs/superblock.ts';
import {
  type FragmentEntry,
  fragmentEntryToBytes,
  locationsToBytes,
  packElements,
} from '../../src/builder/squashfs/tables.ts';
import { inodeToBytes } from '../../src/builder/squashfs/write-inode.ts';
import { type XattrId, xattrIdToBytes } from '../../src/builder/squashfs/xattrs.ts';

const BLOCK_SIZE = 1 << 17;
const START = 96;

/** A SquashFS image put together from its parts, so that tests can have every contradiction that an attacker can. */
export class SquashfsParts {
  readonly #inodes = new MetadataWriter(deflateSync);
  readonly #listings = new MetadataWriter(deflateSync);
  readonly #data: Uint8Array[] = [];
  #dataSize = 0;
  #number = 0;

  /** Where the next inode will be. */
  get nextInode(): MetadataRef {
    return this.#inodes.position;
  }

  get nextListing(): MetadataRef {
    return this.#listings.position;
  }

  inode(body: InodeBody, header: Partial<Inode> = {}): DirectoryEntry {
    const ref = this.#inodes.position;
    this.#number += 1;
    const defaults = { mode: 0o644, uid: 0, gid: 0, mtime: 0, links: 1, xattr: NONE };
    const inode: Inode = { ...defaults, number: this.#number, ...header, ...body };
    this.#inodes.append(inodeToBytes(inode));
    return { name: new Uint8Array(), type: INODE_TYPES[body.type], ref, number: inode.number };
  }

  /** Inodes as bytes, whatever they are. */
  rawInodes(bytes: Uint8Array): MetadataRef {
    const ref = this.#inodes.position;
    this.#inodes.append(bytes);
    return ref;
  }

  rawListing(bytes: Uint8Array): MetadataRef {
    const ref = this.#listings.position;
    this.#listings.append(bytes);
    return ref;
  }

  listing(entries: Readonly<Record<string, DirectoryEntry>>): WrittenListing {
    const named = Object.entries(entries).map(([name, entry]) => ({
      ...entry,
      name: Buffer.from(name),
    }));
    return writeListing(named, this.#listings);
  }

  directory(
    entries: Readonly<Record<string, DirectoryEntry>>,
    body: Partial<DirectoryBody> = {},
  ): DirectoryEntry {
    const listing = this.listing(entries);
    return this.inode({ type: 'directory', parent: 1, ...listing, index: [], ...body });
  }

  /** Data as they are stored; their place in the image. */
  data(bytes: Uint8Array): number {
    this.#data.push(bytes);
    this.#dataSize += bytes.length;
    return START + this.#dataSize - bytes.length;
  }

  finish(root: MetadataRef, tables: OtherTables = {}): Uint8Array {
    const { fragments = [], ids = [0], xattrs, superblock } = tables;
    const image = new Assembly(this.#data);
    const inodeTable = image.blocks(this.#inodes.finish());
    const directoryTable = image.blocks(this.#listings.finish());
    const fragmentTable = image.lookup(packElements(fragments.map(fragmentEntryToBytes), id => id));
    const idBytes = ids.map(id => new ByteWriter(4).u32(id).toBytes());
    const idTable = image.lookup(packElements(idBytes, id => id));
    const xattrTable = xattrs ? image.xattrs(xattrs) : null;
    const bytesUsed = image.size;
    image.add(new Uint8Array(-bytesUsed & 4095));
    const record: Superblock = {
      inodeCount: this.#number,
      mtime: 0,
      blockSize: BLOCK_SIZE,
      fragmentCount: fragments.length,
      compression: COMPRESSION_IDS.gzip,
      blockLog: 17,
      flags: 0,
      idCount: ids.length,
      major: 4,
      minor: 0,
      rootInode: root,
      bytesUsed,
      ...{ inodeTable, directoryTable, fragmentTable, idTable, xattrTable, exportTable: null },
      ...superblock,
    };
    return image.finish({ ...record, blockLog: Math.log2(record.blockSize) });
  }
}

export interface OtherTables {
  readonly fragments?: readonly FragmentEntry[];
  readonly ids?: readonly number[];
  readonly xattrs?: { readonly pairs: Uint8Array; readonly ids: readonly XattrId[] };
  readonly superblock?: Partial<Superblock>;
}

class Assembly {
  readonly #parts: Uint8Array[];
  #size: number;

  constructor(data: readonly Uint8Array[]) {
    this.#parts = [new Uint8Array(START), ...data];
    this.#size = this.#parts.reduce((sum, part) => sum + part.length, 0);
  }

  get size(): number {
    return this.#size;
  }

  add(bytes: Uint8Array): number {
    this.#parts.push(bytes);
    this.#size += bytes.length;
    return this.#size - bytes.length;
  }

  blocks({ chunks }: MetadataBlocks): number {
    return this.add(Buffer.concat(chunks));
  }

  lookup(blocks: MetadataBlocks): number {
    const start = this.blocks(blocks);
    return this.add(locationsToBytes(start, blocks));
  }

  xattrs({ pairs, ids }: NonNullable<OtherTables['xattrs']>): number {
    const pairsStart = this.blocks(packElements([pairs], deflateSync));
    const idBlocks = packElements(ids.map(xattrIdToBytes), deflateSync);
    const idStart = this.blocks(idBlocks);
    const header = new ByteWriter(16).u64(pairsStart).u32(ids.length).u32(0).toBytes();
    const table = this.add(header);
    this.add(locationsToBytes(idStart, idBlocks));
    return table;
  }

  finish(superblock: Superblock): Uint8Array {
    const image = Buffer.concat(this.#parts);
    image.set(superblockToBytes(superblock));
    return image;
  }
}

/** A file whose blocks lie at `blocksStart`. */
export function fileBody(body: Partial<Extract<InodeBody, { type: 'file' }>> = {}) {
  const empty = { blocksStart: 0, size: 0, sparse: 0, fragment: NONE, fragmentOffset: 0 };
  return { type: 'file', ...empty, words: new Uint32Array(), ...body } as const;
}
