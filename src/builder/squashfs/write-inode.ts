import { ByteWriter } from './byte-writer.ts';
import { indexEntryToBytes } from './directory.ts';
import { NONE } from './format.ts';
import {
  type Described,
  type DirectoryBody,
  DOT_ENTRIES,
  EXTENDED,
  type FileBody,
  INODE_TYPES,
  type Inode,
  type InodeBody,
} from './inodes.ts';

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

const MAX_BASIC_LISTING = 0xffff - DOT_ENTRIES;
const U32_LIMIT = 2 ** 32;

function needsExtendedForm(inode: Inode): boolean {
  if (inode.xattr !== NONE) return true;
  if (inode.type === 'directory')
    return inode.listingSize > MAX_BASIC_LISTING || inode.index.length > 0;
  if (inode.type !== 'file') return false;
  return (
    inode.links > 1 || inode.sparse > 0 || inode.size >= U32_LIMIT || inode.blocksStart >= U32_LIMIT
  );
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

function writeSpecial(writer: ByteWriter, inode: Described<SpecialBody>, extended: boolean): void {
  writer.u32(inode.links);
  if (inode.type === 'symlink') writer.u32(inode.target.length).bytes(inode.target);
  else if (inode.type === 'char-device' || inode.type === 'block-device') writer.u32(inode.rdev);
  if (extended) writer.u32(inode.xattr);
}
