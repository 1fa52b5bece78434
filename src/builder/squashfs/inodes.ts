import { ByteReader } from '../../bytes.ts';
import { ByteWriter } from './byte-writer.ts';
import { type DirectoryIndexEntry, indexEntryToBytes, parseIndexEntry } from './directory.ts';
import { type MetadataRef, NONE } from './format.ts';

/** One inode, in whichever of its two on-disk forms. */
export type Inode = InodeHeader & InodeBody;

export interface InodeHeader {
  /** Permission bits only: the kernel refuses inodes whose mode has type bits. */
  readonly mode: number;
  /** Indices into the id table. */
  readonly uid: number;
  readonly gid: number;
  readonly mtime: number;
  /** 1…inode count. */
  readonly number: number;
  /** Names of the inode; of a directory 2 and the number of its subdirectories. */
  readonly links: number;
  /** Index into the xattr table, or NONE. */
  readonly xattr: number;
}

export type InodeBody =
  | FileBody
  | DirectoryBody
  | { readonly type: 'symlink'; readonly target: Uint8Array }
  | { readonly type: 'block-device' | 'char-device'; readonly rdev: number }
  | { readonly type: 'fifo' | 'socket' };

export interface FileBody {
  readonly type: 'file';
  /** Where the first block is stored, in the image; the others follow without gaps. */
  readonly blocksStart: number;
  readonly size: number;
  /** Bytes in holes: only changes what stat reports as allocated. */
  readonly sparse: number;
  /** Index of the fragment block that holds the tail, or NONE. */
  readonly fragment: number;
  readonly fragmentOffset: number;
  readonly words: Uint32Array;
}

export interface DirectoryBody {
  readonly type: 'directory';
  readonly listing: MetadataRef;
  /** Bytes of the listing; the field on disk is 3 larger, for the dot entries that are not stored. */
  readonly listingSize: number;
  readonly parent: number;
  readonly index: readonly DirectoryIndexEntry[];
}

export type InodeType = InodeBody['type'];

/** The codes of the basic forms, also used in directory entries; the extended forms are 7 higher. */
export const INODE_TYPES = {
  directory: 1,
  file: 2,
  symlink: 3,
  'block-device': 4,
  'char-device': 5,
  fifo: 6,
  socket: 7,
} as const satisfies Record<InodeType, number>;

const EXTENDED = 7;
const DOT_ENTRIES = 3;
const MAX_BASIC_LISTING = 0xffff - DOT_ENTRIES;
const U32_LIMIT = 2 ** 32;
/** The tools never write more than 4095; the kernel once read up to here. A lying length must not allocate more. */
const MAX_READ_TARGET = 0xffff;

/** @param writer is emptied first; the record is a view of it */
export function inodeToBytes(inode: Inode, writer = new ByteWriter()): Uint8Array<ArrayBuffer> {
  const extended = needsExtendedForm(inode);
  writer
    .clear()
    .u16(INODE_TYPES[inode.type] + (extended ? EXTENDED : 0))
    .u16(inode.mode)
    .u16(inode.uid)
    .u16(inode.gid)
    .u32(inode.mtime)
    .u32(inode.number);
  if (inode.type === 'file') writeFile(writer, inode, extended);
  else if (inode.type === 'directory') writeDirectory(writer, inode, extended);
  else writeSpecial(writer, inode, extended);
  return writer.toBytes();
}

/** Gives the next `length` bytes of the inode table. */
export type TakeBytes = (length: number) => Promise<Uint8Array>;

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
export function typeOfCode(code: number): InodeType {
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

/** How the kernel's new_encode_dev() packs a device number. */
export function encodeDevice(major: number, minor: number): number {
  return ((major << 8) | (minor & 0xff) | ((minor & ~0xff) << 12)) >>> 0;
}

export function decodeDevice(rdev: number): { major: number; minor: number } {
  return { major: (rdev >>> 8) & 0xfff, minor: (rdev & 0xff) | ((rdev >>> 12) & 0xfff00) };
}

/** Whether the tail of a file of `size` bytes lies in a fragment decides how many words follow. */
export function countWords(size: number, blockSize: number, hasFragment: boolean): number {
  return hasFragment ? Math.floor(size / blockSize) : Math.ceil(size / blockSize);
}

function needsExtendedForm(inode: Inode): boolean {
  if (inode.xattr !== NONE) return true;
  if (inode.type === 'directory')
    return inode.listingSize > MAX_BASIC_LISTING || inode.index.length > 0;
  if (inode.type !== 'file') return false;
  return (
    inode.links > 1 || inode.sparse > 0 || inode.size >= U32_LIMIT || inode.blocksStart >= U32_LIMIT
  );
}

type Described<B extends InodeBody> = InodeHeader & B;

/** An inode whose common fields have been read. */
interface OpenRecord {
  readonly take: TakeBytes;
  /** Is spread first wherever it is used: Node.js 20 takes ten times as long for what is spread into an object. */
  readonly header: Omit<InodeHeader, 'links' | 'xattr'>;
  readonly extended: boolean;
  readonly limits: InodeLimits;
}

type SpecialBody = Exclude<InodeBody, FileBody | DirectoryBody>;

function writeFile(writer: ByteWriter, file: Described<FileBody>, extended: boolean): void {
  if (extended) {
    writer.u64(file.blocksStart).u64(file.size).u64(file.sparse).u32(file.links);
    writer.u32(file.fragment).u32(file.fragmentOffset).u32(file.xattr);
  } else {
    writer.u32(file.blocksStart).u32(file.fragment).u32(file.fragmentOffset).u32(file.size);
  }
  for (const word of file.words) writer.u32(word);
}

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
  const { blocksStart, size, sparse, links, fragment, fragmentOffset, xattr } = fields;
  const words = count === 0 ? NO_WORDS : wordsOf(await take(4 * count), count);
  return {
    ...header,
    links,
    xattr,
    type: 'file',
    blocksStart,
    size,
    sparse,
    fragment,
    fragmentOffset,
    words,
  };
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

function writeDirectory(
  writer: ByteWriter,
  directory: Described<DirectoryBody>,
  extended: boolean,
): void {
  const { listing, links, parent, index, xattr } = directory;
  const size = directory.listingSize + DOT_ENTRIES;
  if (!extended) {
    writer.u32(listing.block).u32(links).u16(size).u16(listing.offset).u32(parent);
    return;
  }
  writer.u32(links).u32(size).u32(listing.block).u32(parent);
  writer.u16(index.length).u16(listing.offset).u32(xattr);
  for (const entry of index) writer.bytes(indexEntryToBytes(entry));
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

function writeSpecial(writer: ByteWriter, inode: Described<SpecialBody>, extended: boolean): void {
  writer.u32(inode.links);
  if (inode.type === 'symlink') writer.u32(inode.target.length).bytes(inode.target);
  else if (inode.type === 'char-device' || inode.type === 'block-device') writer.u32(inode.rdev);
  if (extended) writer.u32(inode.xattr);
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
