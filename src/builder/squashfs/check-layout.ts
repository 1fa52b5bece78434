import { ByteReader } from '../../bytes.ts';
import { type Content, rangeContent, readBytes } from '../../content.ts';
import type { CheckStored } from './check-stored.ts';
import type { Decompress } from './decompressor.ts';
import { METADATA_BLOCK_SIZE, type MetadataRef, parseMetadataHeader } from './format.ts';
import type { Superblock } from './superblock.ts';
import { EXPORT_ENTRY_SIZE, FRAGMENT_ENTRY_SIZE, ID_SIZE } from './tables.ts';
import { XATTR_HEADER_SIZE, XATTR_ID_SIZE } from './xattrs.ts';

/** A table of metadata blocks, expanded and joined. */
export class ExpandedTable {
  readonly bytes: Uint8Array;
  /** Offset of each block from the table's start. */
  readonly #blockStarts: readonly number[];
  readonly #indexOf: ReadonlyMap<number, number>;

  constructor(bytes: Uint8Array, blockStarts: readonly number[]) {
    this.bytes = bytes;
    this.#blockStarts = blockStarts;
    this.#indexOf = new Map(blockStarts.map((start, index) => [start, index]));
  }

  /** The reference to the byte `position`. */
  refOf(position: number): MetadataRef {
    const block = this.#blockStarts[Math.floor(position / METADATA_BLOCK_SIZE)];
    if (block === undefined) throw new RangeError(`byte ${position} lies beyond a table`);
    return { block, offset: position % METADATA_BLOCK_SIZE };
  }

  /** The byte that `ref` means. @throws RangeError when no block starts there or the offset lies outside of it */
  positionOf({ block, offset }: MetadataRef): number {
    const index = this.#indexOf.get(block) ?? -1;
    const position = index * METADATA_BLOCK_SIZE + offset;
    const fits = index >= 0 && offset < METADATA_BLOCK_SIZE && position < this.bytes.length;
    if (!fits) throw new RangeError(`a reference to ${block}:${offset}, which is in no block`);
    return position;
  }
}

export interface Layout {
  readonly inodes: ExpandedTable;
  readonly directories: ExpandedTable;
  readonly fragments: ExpandedTable;
  readonly exports: ExpandedTable;
  readonly ids: ExpandedTable;
  readonly xattrs: { readonly pairs: ExpandedTable; readonly ids: ExpandedTable } | undefined;
}

export interface LayoutSource {
  readonly image: Content;
  readonly superblock: Superblock;
  readonly decompress: Decompress;
  readonly checkStored: CheckStored;
}

/**
 * Reads all tables, from the last to the first: each must end exactly where the next one starts, because the kernel
 * takes the next one's start for its end.
 * @throws RangeError
 */
export async function readLayout(source: LayoutSource): Promise<Layout> {
  const { inodeTable, directoryTable, fragmentTable, exportTable, idTable } = source.superblock;
  const { idCount, inodeCount, fragmentCount } = source.superblock;
  if (exportTable === null) throw new RangeError('there is no export table');
  if (fragmentTable === null) throw new RangeError('the fragment table has no position');
  const xattrs = await readXattrTables(source);
  const ids = await readLookup(source, {
    name: 'id table',
    locations: idTable,
    count: idCount,
    elementSize: ID_SIZE,
    end: xattrs?.start ?? source.superblock.bytesUsed,
  });
  const exports = await readLookup(source, {
    name: 'export table',
    locations: exportTable,
    count: inodeCount,
    elementSize: EXPORT_ENTRY_SIZE,
    end: ids.start,
  });
  const fragments = await readLookup(source, {
    name: 'fragment table',
    locations: fragmentTable,
    count: fragmentCount,
    elementSize: FRAGMENT_ENTRY_SIZE,
    end: exports.start,
  });
  return {
    inodes: await expand(source, { name: 'inode table', start: inodeTable, end: directoryTable }),
    directories: await expand(source, {
      name: 'directory table',
      start: directoryTable,
      end: fragments.start,
    }),
    fragments: fragments.table,
    exports: exports.table,
    ids: ids.table,
    xattrs,
  };
}

interface Lookup {
  readonly name: string;
  /** Position of the array of block positions. */
  readonly locations: number;
  readonly count: number;
  readonly elementSize: number;
  /** Where the array must end. */
  readonly end: number;
  /** What stands between the table's last block and the array. */
  readonly headerSize?: number;
}

interface PlacedTable {
  readonly table: ExpandedTable;
  /** Position of its first block. */
  readonly start: number;
}

async function readLookup(source: LayoutSource, lookup: Lookup): Promise<PlacedTable> {
  const { name, locations, count, elementSize, end, headerSize = 0 } = lookup;
  const blocks = Math.ceil((count * elementSize) / METADATA_BLOCK_SIZE);
  if (locations + 8 * blocks !== end)
    throw new RangeError(`the ${name} does not end where the next one starts`);
  const start = blocks > 0 ? await readU64(source.image, locations) : locations;
  const table = await expand(source, { name, start, end: locations - headerSize });
  if (table.bytes.length !== count * elementSize)
    throw new RangeError(`the ${name} has another length`);
  for (let block = 0; block < blocks; block += 1) {
    const location = await readU64(source.image, locations + 8 * block);
    const expected = start + table.refOf(block * METADATA_BLOCK_SIZE).block;
    if (location !== expected)
      throw new RangeError(`block ${block} of the ${name} is not at ${location}`);
  }
  return { table, start };
}

async function readXattrTables(source: LayoutSource) {
  const { xattrTable, bytesUsed } = source.superblock;
  if (xattrTable === null) return undefined;
  const header = new ByteReader(await readBytes(source.image, xattrTable, XATTR_HEADER_SIZE));
  const start = Number(header.u64());
  const count = header.u32();
  if (count === 0) throw new RangeError('a table of extended attributes without any');
  if (header.u32() !== 0) throw new RangeError('an unused field of the xattr table is not 0');
  const ids = await readLookup(source, {
    name: 'xattr id table',
    locations: xattrTable + XATTR_HEADER_SIZE,
    count,
    elementSize: XATTR_ID_SIZE,
    end: bytesUsed,
    headerSize: XATTR_HEADER_SIZE,
  });
  const pairs = await expand(source, { name: 'xattr table', start, end: ids.start });
  return { start, ids: ids.table, pairs };
}

interface TableArea {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Expands the blocks from `start`, the last of which must end at `end`. All but the last are full. */
async function expand(
  source: LayoutSource,
  { name, start, end }: TableArea,
): Promise<ExpandedTable> {
  if (start > end || end > source.image.size) throw new RangeError(`the ${name} is out of order`);
  const starts: number[] = [];
  const blocks: Uint8Array[] = [];
  for (let at = start; at < end; ) {
    const previous = blocks.at(-1);
    if (previous && previous.length < METADATA_BLOCK_SIZE)
      throw new RangeError(`the ${name} has a short block`);
    const { bytes, next } = await expandBlock(source, name, at);
    if (next > end) throw new RangeError(`the ${name} runs into the next one`);
    starts.push(at - start);
    blocks.push(bytes);
    at = next;
  }
  return new ExpandedTable(Buffer.concat(blocks), starts);
}

async function expandBlock(
  { image, decompress, checkStored }: LayoutSource,
  name: string,
  at: number,
) {
  const { size, raw } = parseMetadataHeader(new ByteReader(await readBytes(image, at, 2)).u16());
  if (size === 0 || size > METADATA_BLOCK_SIZE)
    throw new RangeError(`the ${name} has a block of ${size} bytes`);
  const next = at + 2 + size;
  const stored = await readBytes(image, at + 2, size);
  if (raw) return { bytes: stored, next };
  const bytes = await expandStored(decompress, stored, name);
  await checkStored({ stored: rangeContent(image, at + 2, size), expands: bytes.length });
  if (size >= bytes.length)
    throw new RangeError(`the ${name} has a block that compression made larger`);
  return { bytes, next };
}

async function expandStored(
  decompress: Decompress,
  stored: Uint8Array,
  name: string,
): Promise<Uint8Array> {
  try {
    return await decompress(stored, METADATA_BLOCK_SIZE);
  } catch (cause) {
    throw new RangeError(`the ${name} has a block that does not expand`, { cause });
  }
}

/** The u64 at `offset`, as a number. */
async function readU64(image: Content, offset: number): Promise<number> {
  return Number(new ByteReader(await readBytes(image, offset, 8)).u64());
}
