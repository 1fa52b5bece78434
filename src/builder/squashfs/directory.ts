import { ByteReader } from '../../bytes.ts';
import { ByteWriter } from './byte-writer.ts';
import { MAX_NAME_LENGTH, METADATA_BLOCK_SIZE, type MetadataRef } from './format.ts';
import type { MetadataWriter } from './metadata-writer.ts';
import type { TakeBytes } from './take-bytes.ts';

/** One name in a directory. */
export interface DirectoryEntry {
  readonly name: Uint8Array;
  /** Code of the *basic* form, also when the inode is extended. */
  readonly type: number;
  readonly ref: MetadataRef;
  /** Inode number. */
  readonly number: number;
}

/** Lets the kernel skip to a part of a long listing: `name` is the first one after the header at `offset`. */
export interface DirectoryIndexEntry {
  /** Bytes from the start of the listing. */
  readonly offset: number;
  /** The metadata block that holds the header, relative to the directory table. */
  readonly block: number;
  readonly name: Uint8Array;
}

export interface WrittenListing {
  readonly listing: MetadataRef;
  readonly listingSize: number;
  readonly index: readonly DirectoryIndexEntry[];
}

const HEADER_SIZE = 12;
const ENTRY_SIZE = 8;
/** Of an index entry without its name. */
const INDEX_ENTRY_SIZE = 12;
const MAX_ENTRIES_PER_HEADER = 256;
const MAX_NUMBER_DELTA = 0x7fff;
const MIN_NUMBER_DELTA = -0x8000;

/** Appends the listing of a directory. @param entries sorted by the bytes of their names */
export function writeListing(
  entries: readonly DirectoryEntry[],
  table: MetadataWriter,
): WrittenListing {
  // An empty listing has no place; the fields are then ignored, but must be the same in every run.
  const listing = entries.length > 0 ? table.position : { block: 0, offset: 0 };
  const index: DirectoryIndexEntry[] = [];
  let listingSize = 0;
  for (const group of splitGroups(entries)) {
    const bytes = groupToBytes(group.entries);
    const first = group.entries[0];
    if (group.startsIndex && first) {
      index.push({ offset: listingSize, block: table.position.block, name: first.name });
    }
    table.append(bytes);
    listingSize += bytes.length;
  }
  return { listing, listingSize, index };
}

/** Reads a whole listing. @throws RangeError when it is cut off inside a header or entry */
export function* parseListing(bytes: Uint8Array): Generator<ParsedEntry, void, undefined> {
  const reader = new ByteReader(bytes);
  while (reader.remaining > 0) {
    const headerOffset = reader.offset;
    const count = reader.u32() + 1;
    const block = reader.u32();
    const base = reader.u32();
    if (count > MAX_ENTRIES_PER_HEADER) throw new RangeError(`${count} entries under one header`);
    for (let left = count; left > 0; left -= 1) {
      const offset = reader.u16();
      const number = base + reader.s16();
      const type = reader.u16();
      const name = reader.bytes(reader.u16() + 1);
      yield { name, type, ref: { block, offset }, number, headerOffset };
    }
  }
}

export interface ParsedEntry extends DirectoryEntry {
  /** Where the entry's header starts in the listing. */
  readonly headerOffset: number;
}

export function indexEntryToBytes({ offset, block, name }: DirectoryIndexEntry): Uint8Array {
  return new ByteWriter(INDEX_ENTRY_SIZE + name.length)
    .u32(offset)
    .u32(block)
    .u32(name.length - 1)
    .bytes(name)
    .toBytes();
}

export async function parseIndexEntry(take: TakeBytes): Promise<DirectoryIndexEntry> {
  const reader = new ByteReader(await take(INDEX_ENTRY_SIZE));
  const offset = reader.u32();
  const block = reader.u32();
  const length = reader.u32() + 1;
  if (length > MAX_NAME_LENGTH) throw new RangeError(`an index name of ${length} bytes`);
  return { offset, block, name: (await take(length)).slice() };
}

interface Group {
  readonly entries: DirectoryEntry[];
  readonly startsIndex: boolean;
}

/**
 * Cuts a listing where a new header is needed, and where an index entry shall point: the kernel looks for a name
 * from the last indexed header on, so one stands in every 8 KiB.
 */
function* splitGroups(entries: readonly DirectoryEntry[]): Generator<Group, void, undefined> {
  let group: Group = { entries: [], startsIndex: false };
  let size = 0;
  let indexedAt = 0;
  for (const entry of entries) {
    const entrySize = ENTRY_SIZE + entry.name.length;
    const needsHeader = group.entries.length === 0 || !fitsUnder(group, entry);
    const grownSize = size + (needsHeader ? HEADER_SIZE : 0) + entrySize;
    const passesBlock = grownSize - indexedAt > METADATA_BLOCK_SIZE;
    if (group.entries.length > 0 && (passesBlock || needsHeader)) {
      yield group;
      group = { entries: [], startsIndex: passesBlock };
      if (passesBlock) indexedAt = size;
    }
    if (group.entries.length === 0) size += HEADER_SIZE;
    group.entries.push(entry);
    size += entrySize;
  }
  if (group.entries.length > 0) yield group;
}

/** A header names one inode block and a base number from which its entries may differ by a signed 16-bit delta. */
function fitsUnder(group: Group, entry: DirectoryEntry): boolean {
  const first = group.entries[0];
  if (!first) return true;
  const delta = entry.number - first.number;
  return (
    group.entries.length < MAX_ENTRIES_PER_HEADER &&
    entry.ref.block === first.ref.block &&
    delta >= MIN_NUMBER_DELTA &&
    delta <= MAX_NUMBER_DELTA
  );
}

function groupToBytes(entries: readonly DirectoryEntry[]): Uint8Array {
  const [first] = entries;
  if (!first) return new Uint8Array();
  const writer = new ByteWriter(METADATA_BLOCK_SIZE)
    .u32(entries.length - 1)
    .u32(first.ref.block)
    .u32(first.number);
  for (const { ref, number, type, name } of entries) {
    writer.u16(ref.offset).s16(number - first.number);
    writer
      .u16(type)
      .u16(name.length - 1)
      .bytes(name);
  }
  return writer.toBytes();
}
