import type { DirectoryIndexEntry } from './directory.ts';
import type { MetadataRef } from './format.ts';

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

export type Described<B extends InodeBody> = InodeHeader & B;

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

/** What the code of an extended form is above that of its basic one. */
export const EXTENDED = 7;
/** What the size of a listing on disk is above its bytes: `.` and `..` are not stored. */
export const DOT_ENTRIES = 3;

/** What every record begins with. */
export type CommonFields = Omit<InodeHeader, 'links' | 'xattr'>;
export type FileFields = Omit<FileBody, 'type'> & Pick<InodeHeader, 'links' | 'xattr'>;

/** Written out, since most inodes are files', and Node.js 20 takes fifty times as long for an object made by spreads. */
export function fileInode(
  { mode, uid, gid, mtime, number }: CommonFields,
  { links, xattr, blocksStart, size, sparse, fragment, fragmentOffset, words }: FileFields,
): Described<FileBody> {
  return {
    type: 'file',
    mode,
    uid,
    gid,
    mtime,
    number,
    links,
    xattr,
    blocksStart,
    size,
    sparse,
    fragment,
    fragmentOffset,
    words,
  };
}

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
