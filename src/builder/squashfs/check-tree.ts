import type { CheckedInodes } from './check-inodes.ts';
import type { ExpandedTable } from './check-layout.ts';
import { checkTiling, type Extent } from './check-tiling.ts';
import { type ParsedEntry, parseListing } from './directory.ts';
import { MAX_NAME_LENGTH, METADATA_BLOCK_SIZE, type MetadataRef, refToU64 } from './format.ts';
import { INODE_TYPES, type Inode } from './inodes.ts';

type Directory = Inode & { type: 'directory' };

/**
 * Walks the directories from the root: every name leads to the inode that it tells, every inode has a name, and
 * every byte of the directory table belongs to one listing.
 * @throws RangeError
 */
export function checkTree(
  table: ExpandedTable,
  { byRef, refs }: CheckedInodes,
  root: MetadataRef,
): void {
  const rootInode = byRef.get(refToU64(root));
  if (rootInode?.type !== 'directory') throw new RangeError('the root is no directory');
  if (rootInode.parent !== refs.length + 1) throw new RangeError('the root has a parent');
  const names = new Map<number, number>([[rootInode.number, 1]]);
  const listings: Extent[] = [];
  const stack: Directory[] = [rootInode];
  for (let directory = stack.pop(); directory; directory = stack.pop()) {
    const extent = listingExtent(directory, table);
    if (extent.length > 0) listings.push(extent);
    const entries = [
      ...parseListing(table.bytes.subarray(extent.start, extent.start + extent.length)),
    ];
    const children = entries.map(entry => inodeOf(entry, byRef));
    checkNames(entries, directory);
    checkIndex(entries, directory, table);
    checkLinks(directory, 2 + children.filter(child => child.type === 'directory').length);
    for (const child of children) {
      const count = (names.get(child.number) ?? 0) + 1;
      names.set(child.number, count);
      if (child.type !== 'directory') continue;
      if (count > 1) throw new RangeError(`directory ${child.number} has two names`);
      if (child.parent !== directory.number)
        throw new RangeError(`directory ${child.number} has another parent`);
      stack.push(child);
    }
  }
  checkAllNamed(byRef, names);
  checkTiling(listings, { what: 'directory table', start: 0, end: table.bytes.length });
}

function listingExtent({ listing, listingSize, number }: Directory, table: ExpandedTable): Extent {
  if (listingSize === 0) return { start: 0, length: 0 };
  const start = table.positionOf(listing);
  if (start + listingSize > table.bytes.length)
    throw new RangeError(`directory ${number} ends beyond the table`);
  return { start, length: listingSize };
}

function inodeOf({ ref, number, type }: ParsedEntry, byRef: CheckedInodes['byRef']): Inode {
  const inode = byRef.get(refToU64(ref));
  if (!inode)
    throw new RangeError(`a name refers to ${ref.block}:${ref.offset}, where no inode starts`);
  if (inode.number !== number)
    throw new RangeError(`a name gives inode ${inode.number} the number ${number}`);
  if (INODE_TYPES[inode.type] !== type)
    throw new RangeError(`a name gives inode ${number} the type ${type}`);
  return inode;
}

function checkNames(entries: readonly ParsedEntry[], { number }: Directory): void {
  let previous: Uint8Array | undefined;
  for (const { name } of entries) {
    const text = Buffer.from(name).toString('latin1');
    const isBad = text === '.' || text === '..' || text.includes('/') || text.includes('\0');
    if (isBad || name.length > MAX_NAME_LENGTH)
      throw new RangeError(`a bad name in directory ${number}`);
    if (previous && Buffer.compare(previous, name) >= 0)
      throw new RangeError(`directory ${number} is not sorted`);
    previous = name;
  }
}

/** Every index entry names the first entry of a header, and the kernel never has to read more than 8 KiB from there. */
function checkIndex(
  entries: readonly ParsedEntry[],
  directory: Directory,
  table: ExpandedTable,
): void {
  const { index, number, listingSize } = directory;
  const fail = (reason: string) => new RangeError(`index of directory ${number}: ${reason}`);
  const firsts = new Map<number, ParsedEntry>();
  for (const entry of entries)
    if (!firsts.has(entry.headerOffset)) firsts.set(entry.headerOffset, entry);
  let previous = 0;
  for (const { offset, block, name } of index) {
    const first = firsts.get(offset);
    if (!first) throw fail('it does not point at a header');
    if (Buffer.compare(first.name, name) !== 0) throw fail('it has another name');
    if (table.refOf(table.positionOf(directory.listing) + offset).block !== block)
      throw fail('it has another block');
    if (offset - previous > METADATA_BLOCK_SIZE || offset <= previous)
      throw fail('it leaves out a block');
    previous = offset;
  }
  if (listingSize - previous > METADATA_BLOCK_SIZE) throw fail('it ends too early');
}

function checkLinks({ number, links }: Inode, expected: number): void {
  if (links !== expected)
    throw new RangeError(`inode ${number} has ${links} links instead of ${expected}`);
}

function checkAllNamed(byRef: CheckedInodes['byRef'], names: ReadonlyMap<number, number>): void {
  for (const inode of byRef.values()) {
    const count = names.get(inode.number);
    if (count === undefined) throw new RangeError(`inode ${inode.number} has no name`);
    if (inode.type !== 'directory') checkLinks(inode, count);
  }
}
