import { ByteWriter } from './byte-writer.ts';
import type { ImageSink } from './image-sink.ts';
import type { InodeTables } from './inode-tables.ts';
import type { CompressBlock, MetadataBlocks } from './metadata-writer.ts';
import type { Superblock } from './superblock.ts';
import {
  type FragmentEntry,
  fragmentEntryToBytes,
  locationsToBytes,
  packElements,
} from './tables.ts';
import { type XattrWriter, xattrIdToBytes } from './xattrs.ts';

/** Where the tables of an image are. */
export type TablePlaces = Pick<
  Superblock,
  'inodeTable' | 'directoryTable' | 'fragmentTable' | 'exportTable' | 'idTable' | 'xattrTable'
>;

/**
 * Appends all tables. The order and the lack of gaps are what the kernel demands: it finds the end of each table by the
 * next one's start.
 */
export async function writeTables(
  tables: InodeTables & { readonly fragments: readonly FragmentEntry[] },
  sink: ImageSink,
  compress: CompressBlock,
): Promise<TablePlaces> {
  const u32 = (value: number) => new ByteWriter(4).u32(value).toBytes();
  const u64 = (value: bigint) => new ByteWriter(8).u64(value).toBytes();
  const inodeTable = await appendBlocks(sink, tables.inodes);
  const directoryTable = await appendBlocks(sink, tables.directories);
  // Without fragments this points at the next table, as mksquashfs writes it: the one form that every reader accepts.
  const fragmentTable = await appendLookup(
    sink,
    packElements(tables.fragments.map(fragmentEntryToBytes), compress),
  );
  const exportTable = await appendLookup(sink, packElements(tables.exports.map(u64), compress));
  const idTable = await appendLookup(sink, packElements(tables.ids.map(u32), compress));
  const xattrTable = await appendXattrs(sink, tables.xattrs, compress);
  return { inodeTable, directoryTable, fragmentTable, exportTable, idTable, xattrTable };
}

async function appendBlocks(sink: ImageSink, blocks: MetadataBlocks): Promise<number> {
  const start = sink.size;
  await sink.append(blocks.chunks);
  return start;
}

async function appendLookup(sink: ImageSink, blocks: MetadataBlocks): Promise<number> {
  const start = await appendBlocks(sink, blocks);
  const locations = sink.size;
  await sink.append([locationsToBytes(start, blocks)]);
  return locations;
}

/** A table without a set in it is refused by the kernel, and therefore left out. */
async function appendXattrs(
  sink: ImageSink,
  xattrs: XattrWriter,
  compress: CompressBlock,
): Promise<number | null> {
  const { pairs, ids } = xattrs.finish();
  if (ids.length === 0) return null;
  const pairsStart = await appendBlocks(sink, pairs);
  const idBlocks = packElements(ids.map(xattrIdToBytes), compress);
  const idStart = await appendBlocks(sink, idBlocks);
  const header = new ByteWriter(16).u64(pairsStart).u32(ids.length).u32(0).toBytes();
  const table = sink.size;
  await sink.append([header, locationsToBytes(idStart, idBlocks)]);
  return table;
}
