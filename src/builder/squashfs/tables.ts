import { ByteReader } from '../../bytes.ts';
import { ByteWriter } from './byte-writer.ts';
import { type CompressBlock, type MetadataBlocks, MetadataWriter } from './metadata-writer.ts';

/** Where a fragment block is stored. */
export interface FragmentEntry {
  readonly start: number;
  /** A block word. */
  readonly word: number;
}

export const FRAGMENT_ENTRY_SIZE = 16;
export const ID_SIZE = 4;
export const EXPORT_ENTRY_SIZE = 8;

export function fragmentEntryToBytes({ start, word }: FragmentEntry): Uint8Array<ArrayBuffer> {
  return new ByteWriter(FRAGMENT_ENTRY_SIZE).u64(start).u32(word).u32(0).toBytes();
}

export function parseFragmentEntry(bytes: Uint8Array): FragmentEntry {
  const reader = new ByteReader(bytes);
  return { start: Number(reader.u64()), word: reader.u32() };
}

/** The metadata blocks of a table whose elements are found by their index: fixed size, back to back. */
export function packElements(
  elements: Iterable<Uint8Array>,
  compress: CompressBlock,
): MetadataBlocks {
  const writer = new MetadataWriter(compress);
  for (const element of elements) writer.append(element);
  return writer.finish();
}

/** The array of u64 that follows a lookup table: where, in the image, each of its metadata blocks starts. */
export function locationsToBytes(start: number, blocks: MetadataBlocks): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter(8 * blocks.blockStarts.length);
  for (const blockStart of blocks.blockStarts) writer.u64(start + blockStart);
  return writer.toBytes();
}
