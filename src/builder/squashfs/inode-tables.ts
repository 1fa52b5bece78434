import type { Content } from '../../content.ts';
import { ToolError } from '../../errors.ts';
import { pathBytes } from '../../path-text.ts';
import { ByteWriter } from './byte-writer.ts';
import type { FileData } from './data-writer.ts';
import { type WrittenListing, writeListing } from './directory.ts';
import { MAX_IDS, type MetadataRef, refToU64 } from './format.ts';
import { encodeDevice, fileInode, INODE_TYPES, type Inode, type InodeHeader } from './inodes.ts';
import { type CompressBlock, type MetadataBlocks, MetadataWriter } from './metadata-writer.ts';
import type { Tree, TreeDirectory, TreeInode, TreeLeaf } from './tree.ts';
import { inodeToBytes } from './write-inode.ts';
import { XattrWriter } from './xattrs.ts';

export interface InodeTables {
  readonly inodes: MetadataBlocks;
  readonly directories: MetadataBlocks;
  readonly rootInode: MetadataRef;
  /** The reference of the inode number n, at n − 1, as the export table holds it. */
  readonly exports: readonly bigint[];
  readonly ids: readonly number[];
  readonly xattrs: XattrWriter;
}

/** References to inode and listing blocks are u32 in directory headers and inodes. */
const MAX_TABLE_SIZE = 2 ** 32;

export interface InodeSource {
  readonly dataOf: (file: TreeLeaf) => FileData;
  readonly compress: CompressBlock;
  readonly blockSize: number;
}

/** The inode and directory tables of a tree whose data is stored already, and what they refer to. */
export function buildInodeTables(tree: Tree, source: InodeSource): InodeTables {
  return new InodeTableBuilder(source).build(tree);
}

class InodeTableBuilder {
  readonly #source: InodeSource;
  readonly #inodes: MetadataWriter;
  readonly #directories: MetadataWriter;
  readonly #xattrs: XattrWriter;
  readonly #record = new ByteWriter();
  readonly #ids = new Map<number, number>();
  readonly #refs: MetadataRef[] = [];
  readonly #listings = new Map<TreeDirectory, WrittenListing>();

  constructor(source: InodeSource) {
    this.#source = source;
    this.#inodes = new MetadataWriter(source.compress);
    this.#directories = new MetadataWriter(source.compress);
    this.#xattrs = new XattrWriter(source.compress);
  }

  /** A listing needs its children's references, and a directory's inode its listing's: hence children first. */
  build({ root, directories, inodeCount }: Tree): InodeTables {
    for (const directory of directories) {
      for (const { inode } of directory.entries) this.#write(inode, inodeCount);
      this.#listings.set(directory, this.#list(directory));
    }
    this.#write(root, inodeCount);
    return {
      inodes: finishTable(this.#inodes, 'inode table'),
      directories: finishTable(this.#directories, 'directory table'),
      rootInode: this.#refOf(root),
      exports: this.#refs.map(refToU64),
      ids: [...this.#ids.keys()],
      xattrs: this.#xattrs,
    };
  }

  /** A hard link's inode was written at its first name. */
  #write(inode: TreeInode, inodeCount: number): void {
    if (this.#refs[inode.number - 1]) return;
    this.#refs[inode.number - 1] = this.#inodes.position;
    const { mode, uid, gid, mtime, xattrs } = inode.node;
    const header = {
      mode,
      uid: this.#idIndex(uid),
      gid: this.#idIndex(gid),
      mtime,
      number: inode.number,
      links: inode.links,
      xattr: this.#xattrs.add(xattrs),
    };
    this.#inodes.append(inodeToBytes(this.#inodeOf(inode, header, inodeCount), this.#record));
  }

  #inodeOf(inode: TreeInode, header: InodeHeader, inodeCount: number): Inode {
    if (inode.entries) {
      const place = this.#listings.get(inode);
      if (!place) throw new RangeError(`"${inode.node.path}" was not listed before its inode`);
      // The root's parent is a number that no inode has, as mksquashfs writes it.
      const parent = inode.parent?.number ?? inodeCount + 1;
      return { ...header, ...place, type: 'directory', parent };
    }
    const { node } = inode;
    switch (node.kind) {
      case 'file':
        return this.#fileInode(header, node.content, this.#source.dataOf(inode));
      case 'symlink':
        return { ...header, type: 'symlink', target: pathBytes(node.target) };
      case 'char-device':
      case 'block-device':
        return { ...header, type: node.kind, rdev: encodeDevice(node.major, node.minor) };
      default:
        return { ...header, type: node.kind };
    }
  }

  /** All blocks of zeros are told to stat as holes, as mksquashfs does it, whether the source knew of them or not. */
  #fileInode(header: InodeHeader, { size }: Content, data: FileData): Inode {
    const { links, xattr } = header;
    const { blocksStart, words, fragment, fragmentOffset } = data;
    const holes = words.reduce((count, word) => (word === 0 ? count + 1 : count), 0);
    // The last hole may be short of a block; the kernel wants less than the size, as mksquashfs writes it.
    const sparse = holes === 0 ? 0 : Math.min(holes * this.#source.blockSize, size - 1);
    return fileInode(header, {
      links,
      xattr,
      blocksStart,
      size,
      sparse,
      fragment,
      fragmentOffset,
      words,
    });
  }

  #list(directory: TreeDirectory): WrittenListing {
    const entries = directory.entries.map(({ name, inode }) => ({
      name,
      type: INODE_TYPES[inode.node.kind],
      ref: this.#refOf(inode),
      number: inode.number,
    }));
    return writeListing(entries, this.#directories);
  }

  #refOf(inode: TreeInode): MetadataRef {
    const ref = this.#refs[inode.number - 1];
    if (!ref) throw new RangeError(`inode ${inode.number} is referred to before it is written`);
    return ref;
  }

  #idIndex(id: number): number {
    const index = this.#ids.get(id) ?? this.#ids.size;
    if (index >= MAX_IDS) {
      throw new ToolError('archive-too-large', {
        what: 'the number of different owners',
        limit: `${MAX_IDS} in a SquashFS image`,
      });
    }
    this.#ids.set(id, index);
    return index;
  }
}

function finishTable(writer: MetadataWriter, what: string): MetadataBlocks {
  const blocks = writer.finish();
  if (blocks.size < MAX_TABLE_SIZE) return blocks;
  throw new ToolError('archive-too-large', {
    what: `the ${what}`,
    limit: '4 GiB in a SquashFS image',
  });
}
