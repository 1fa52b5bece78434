import { METADATA_BLOCK_SIZE, type MetadataRef, metadataHeader } from './format.ts';

export type CompressBlock = (block: Uint8Array) => Uint8Array;

/**
 * Collects records into metadata blocks of 8 KiB and compresses each as soon as it is full, because references need
 * the compressed offset of the block that they point into.
 */
export class MetadataWriter {
  readonly #compress: CompressBlock;
  readonly #block = new Uint8Array(METADATA_BLOCK_SIZE);
  readonly #chunks: Uint8Array[] = [];
  readonly #blockStarts: number[] = [];
  #filled = 0;
  #size = 0;

  constructor(compress: CompressBlock) {
    this.#compress = compress;
  }

  /** Where the next record will start. A full block is flushed at once: an offset of 8192 is an error to the kernel. */
  get position(): MetadataRef {
    return { block: this.#size, offset: this.#filled };
  }

  append(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const piece = bytes.subarray(at, at + METADATA_BLOCK_SIZE - this.#filled);
      this.#block.set(piece, this.#filled);
      this.#filled += piece.length;
      at += piece.length;
      if (this.#filled === METADATA_BLOCK_SIZE) this.#flush();
    }
  }

  /** Ends the table: its stored bytes, and the offset of each block from the table's start. */
  finish(): MetadataBlocks {
    if (this.#filled > 0) this.#flush();
    return { chunks: this.#chunks, size: this.#size, blockStarts: this.#blockStarts };
  }

  #flush(): void {
    const stored = storeMetadataBlock(this.#block.subarray(0, this.#filled), this.#compress);
    this.#blockStarts.push(this.#size);
    this.#chunks.push(stored);
    this.#size += stored.length;
    this.#filled = 0;
  }
}

export interface MetadataBlocks {
  readonly chunks: readonly Uint8Array[];
  readonly size: number;
  readonly blockStarts: readonly number[];
}

/** One block with its header, raw when compression does not make it smaller. */
function storeMetadataBlock(content: Uint8Array, compress: CompressBlock): Uint8Array<ArrayBuffer> {
  const packed = compress(content);
  const raw = packed.length >= content.length;
  const payload = raw ? content : packed;
  const stored = new Uint8Array(2 + payload.length);
  new DataView(stored.buffer).setUint16(0, metadataHeader({ size: payload.length, raw }), true);
  stored.set(payload, 2);
  return stored;
}
