import { ByteReader } from '../../bytes.ts';
import { type DirectoryIndexEntry, parseIndexEntry } from './directory.ts';
import { NONE } from './format.ts';
import {
  type CommonFields,
  countWords,
  type Described,
  type DirectoryBody,
  DOT_ENTRIES,
  EXTENDED,
  type FileBody,
  fileInode,
  INODE_TYPES,
  type Inode,
  type InodeType,
} from './inodes.ts';
import type { TakeBytes } from './take-bytes.ts';

export interface InodeLimits {
  readonly blockSize: number;
  /** More block words than this in one inode are refused before they are read. */
  readonly maxWords: number;
  /** Whether to read the index of a directory: up to 17 MB, which only look-ups by name need. */
  readonly withIndex: boolean;
}

/** @throws RangeError when the record makes no sense */
export async function readInode(take: TakeBytes, limits: InodeLimits): Promise<Inode> {
  const reader = new ByteReader(await take(16));
  const code = reader.u16();
  const header = {
    mode: reader.u16(),
    uid: reader.u16(),
    gid: reader.u16(),
    mtime: reader.u32(),
    number: reader.u32(),
  };
  const extended = code > EXTENDED;
  const type = typeOfCode(extended ? code - EXTENDED : code);
  const record = { take, header, extended, limits };
  if (type === 'file') return readFile(record);
  if (type === 'directory') return readDirectory(record);
  return type === 'symlink' ? readSymlink(record) : readSpecial(record, type);
}

/** @throws RangeError for a code that is none of a basic inode */
function typeOfCode(code: number): InodeType {
  for (const type of TYPE_NAMES) if (INODE_TYPES[type] === code) return type;
  throw new RangeError(`unknown inode type ${code}`);
}

const TYPE_NAMES: readonly InodeType[] = [
  'directory',
  'file',
  'symlink',
  'block-device',
  'char-device',
  'fifo',
  'socket',
];

/** An inode whose common fields have been read. */
interface OpenRecord {
  readonly take: TakeBytes;
  readonly header: CommonFields;
  readonly extended: boolean;
  readonly limits: InodeLimits;
}

/** The tools never write more than 4095; the kernel once read up to here. A lying length must not allocate more. */
const MAX_READ_TARGET = 0xffff;

async function readFile({
  take,
  header,
  extended,
  limits: { blockSize, maxWords },
}: OpenRecord): Promise<Described<FileBody>> {
  const reader = new ByteReader(await take(extended ? 40 : 16));
  const fields = extended ? readExtendedFile(reader) : readBasicFile(reader);
  const count = countWords(fields.size, blockSize, fields.fragment !== NONE);
  if (count > maxWords) throw new RangeError(`${count} blocks in one file`);
  const { blocksStart, size, sparse, fragment, fragmentOffset, links, xattr } = fields;
  const words = count === 0 ? NO_WORDS : wordsOf(await take(4 * count), count);
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

function wordsOf(bytes: Uint8Array, count: number): Uint32Array {
  const reader = new ByteReader(bytes);
  return Uint32Array.from({ length: count }, () => reader.u32());
}

/** Shared by all that have none: an array of its own for each of 100,000 small files is twenty megabytes. */
const NO_WORDS = new Uint32Array(0);

function readBasicFile(reader: ByteReader) {
  const blocksStart = reader.u32();
  const fragment = reader.u32();
  const fragmentOffset = reader.u32();
  const size = reader.u32();
  return { blocksStart, size, sparse: 0, links: 1, fragment, fragmentOffset, xattr: NONE };
}

function readExtendedFile(reader: ByteReader) {
  return {
    blocksStart: Number(reader.u64()),
    size: Number(reader.u64()),
    sparse: Number(reader.u64()),
    links: reader.u32(),
    fragment: reader.u32(),
    fragmentOffset: reader.u32(),
    xattr: reader.u32(),
  };
}

async function readDirectory({
  take,
  header,
  extended,
  limits: { withIndex },
}: OpenRecord): Promise<Described<DirectoryBody>> {
  const reader = new ByteReader(await take(extended ? 24 : 16));
  if (!extended) {
    const block = reader.u32();
    const links = reader.u32();
    const listingSize = listingBytes(reader.u16());
    const listing = { block, offset: reader.u16() };
    const parent = reader.u32();
    return {
      ...header,
      links,
      xattr: NONE,
      type: 'directory',
      listing,
      listingSize,
      parent,
      index: [],
    };
  }
  const links = reader.u32();
  const listingSize = listingBytes(reader.u32());
  const block = reader.u32();
  const parent = reader.u32();
  const indexCount = reader.u16();
  const listing = { block, offset: reader.u16() };
  const xattr = reader.u32();
  const index: DirectoryIndexEntry[] = [];
  while (withIndex && index.length < indexCount) index.push(await parseIndexEntry(take));
  return { ...header, links, xattr, type: 'directory', listing, listingSize, parent, index };
}

/** An empty directory's size is 3, or 0 from some writers. */
function listingBytes(size: number): number {
  return Math.max(0, size - DOT_ENTRIES);
}

async function readSymlink({ take, header, extended }: OpenRecord): Promise<Inode> {
  const reader = new ByteReader(await take(8));
  const links = reader.u32();
  const length = reader.u32();
  if (length > MAX_READ_TARGET) throw new RangeError(`a link target of ${length} bytes`);
  const target = (await take(length)).slice();
  const xattr = await readXattrIndex(take, extended);
  return { ...header, links, xattr, type: 'symlink', target };
}

async function readSpecial(
  { take, header, extended }: OpenRecord,
  type: 'block-device' | 'char-device' | 'fifo' | 'socket',
): Promise<Inode> {
  const links = new ByteReader(await take(4)).u32();
  if (type === 'fifo' || type === 'socket') {
    return { ...header, links, xattr: await readXattrIndex(take, extended), type };
  }
  const rdev = new ByteReader(await take(4)).u32();
  return { ...header, links, xattr: await readXattrIndex(take, extended), type, rdev };
}

async function readXattrIndex(take: TakeBytes, extended: boolean): Promise<number> {
  return extended ? new ByteReader(await take(4)).u32() : NONE;
}
