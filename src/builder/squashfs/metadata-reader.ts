import { ByteReader } from '../../bytes.ts';
import { type Content, readBytes } from '../../content.ts';
import type { Decompress } from './decompressor.ts';
import { METADATA_BLOCK_SIZE, type MetadataRef, parseMetadataHeader } from './format.ts';
import { LruCache } from './lru-cache.ts';

/** 8 KiB each. A listing, its inodes and a look-up table alternate; a tree walk stays within a few blocks of each. */
const CACHED_BLOCKS = 64;

interface MetadataBlock {
  readonly bytes: Uint8Array;
  /** Where, in the image, the block after this one starts. */
  readonly next: number;
}

/** Reads records from tables of metadata blocks. Every position is checked against the image's end. */
export class MetadataReader {
  readonly #image: Content;
  readonly #decompress: Decompress;
  readonly #cache = new LruCache<number, MetadataBlock>(CACHED_BLOCKS);

  constructor(image: Content, decompress: Decompress) {
    this.#image = image;
    this.#decompress = decompress;
  }

  /** Starts at a reference into the table that begins at `tableStart`. */
  cursor(tableStart: number, { block, offset }: MetadataRef): MetadataCursor {
    if (offset >= METADATA_BLOCK_SIZE) throw new RangeError(`offset ${offset} in a metadata block`);
    return new MetadataCursor(this, tableStart + block, offset);
  }

  /** The element `index` of a look-up table. @param locations position of the table's array of block positions */
  async element(locations: number, index: number, size: number): Promise<Uint8Array> {
    const perBlock = METADATA_BLOCK_SIZE / size;
    const location = await readBytes(this.#image, locations + 8 * Math.floor(index / perBlock), 8);
    const block = Number(new ByteReader(location).u64());
    return this.cursor(block, { block: 0, offset: (index % perBlock) * size }).take(size);
  }

  async block(position: number): Promise<MetadataBlock> {
    const cached = this.#cache.get(position);
    if (cached) return cached;
    const header = parseMetadataHeader(
      new ByteReader(await readBytes(this.#image, position, 2)).u16(),
    );
    const wrongSize = header.size === 0 || header.size > METADATA_BLOCK_SIZE;
    if (wrongSize) throw new RangeError(`a metadata block of ${header.size} bytes at ${position}`);
    const stored = await readBytes(this.#image, position + 2, header.size);
    const bytes = header.raw ? stored : await this.#decompress(stored, METADATA_BLOCK_SIZE);
    const block = { bytes, next: position + 2 + header.size };
    this.#cache.set(position, block);
    return block;
  }
}

/** A place that moves on with every record, across blocks. */
class MetadataCursor {
  readonly #reader: MetadataReader;
  #position: number;
  #offset: number;

  constructor(reader: MetadataReader, position: number, offset: number) {
    this.#reader = reader;
    this.#position = position;
    this.#offset = offset;
  }

  /** The next `length` bytes: a view when they lie in one block. The caller bounds `length`. */
  async take(length: number): Promise<Uint8Array> {
    const { bytes } = await this.#reader.block(this.#position);
    if (this.#offset + length <= bytes.length) {
      this.#offset += length;
      return bytes.subarray(this.#offset - length, this.#offset);
    }
    return this.#takeAcross(length);
  }

  async #takeAcross(length: number): Promise<Uint8Array> {
    const result = new Uint8Array(length);
    for (let filled = 0; filled < length; ) {
      const { bytes, next } = await this.#reader.block(this.#position);
      const piece = bytes.subarray(this.#offset, this.#offset + length - filled);
      result.set(piece, filled);
      filled += piece.length;
      this.#offset += piece.length;
      if (filled < length) {
        this.#position = next;
        this.#offset = 0;
      }
    }
    return result;
  }
}
