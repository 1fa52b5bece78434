import type { Content } from '../../content.ts';
import type { BlockCompressor, PackedBatch } from './block-compressor.ts';
import { MAX_BLOCK_SIZE, parseBlockWord } from './format.ts';
import type { ImageSink } from './image-sink.ts';

/** Is told where each of its blocks was stored. */
export interface BlockOwner {
  stored(index: number, start: number, word: number): void;
}

/** Up to `count` blocks of `owner`, from its block `index`, which start at `offset` of `content`. */
export interface BlockRequest {
  readonly content: Content;
  readonly offset: number;
  readonly owner: BlockOwner;
  readonly index: number;
  readonly count: number;
}

/** Blocks that lie packed in a store: `length` bytes from `position`, with one block word for each. */
export interface PackedBlocks {
  readonly store: Content;
  readonly position: number;
  readonly length: number;
  readonly words: Uint32Array;
}

/** `count` blocks that are packed, or are about to be; undefined if that fails in a way that does no harm. */
export interface BlocksAhead {
  readonly count: number;
  readonly packed: Promise<PackedBlocks | undefined>;
}

export interface BlockQueueOptions {
  readonly blockSize: number;
  readonly compressor: BlockCompressor;
  readonly sink: ImageSink;
  /** How many batches may be on their way: the bound of the memory that this queue uses. */
  readonly backlog: number;
}

/** What travels to a thread and to the sink at once. Smaller batches cost messages and writes, larger ones memory. */
export const BATCH_SIZE = MAX_BLOCK_SIZE;

interface OpenBatch {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly lengths: number[];
  readonly blocks: { readonly owner: BlockOwner; readonly index: number }[];
  filled: number;
}

/** Gathers blocks into batches, has them packed, and stores the results in the order in which the blocks came. */
export class BlockQueue {
  readonly #options: BlockQueueOptions;
  /** The batches on their way, oldest first. Each gives its buffer back. */
  readonly #pending: Promise<ArrayBuffer>[] = [];
  #newest: Promise<unknown> = Promise.resolve();
  #batch: OpenBatch | undefined;

  constructor(options: BlockQueueOptions) {
    this.#options = options;
  }

  /** Reads blocks, at least one and at most what a batch still holds. Returns how many. */
  async add({ content, offset, owner, index, count }: BlockRequest): Promise<number> {
    const { blockSize } = this.#options;
    const batch = await this.#openBatch(Math.min(blockSize, content.size - offset));
    const room = batch.bytes.length - batch.filled;
    const length = Math.min(
      content.size - offset,
      count * blockSize,
      Math.max(room - (room % blockSize), blockSize),
    );
    await content.readInto(batch.bytes.subarray(batch.filled, batch.filled + length), offset);
    batch.filled += length;
    let added = 0;
    for (let left = length; left > 0; left -= blockSize) {
      batch.lengths.push(Math.min(left, blockSize));
      batch.blocks.push({ owner, index: index + added });
      added += 1;
    }
    return added;
  }

  /** Adds whole blocks that somebody else packs. Returns how many. */
  async addAhead({ count, packed }: BlocksAhead, request: BlockRequest): Promise<number> {
    this.#send();
    const { owner, index } = request;
    const fetched = this.#fetch(packed, { ...request, count }, await this.#takeBuffer());
    this.#await(
      fetched,
      Array.from({ length: count }, (_, at) => ({ owner, index: index + at })),
    );
    return count;
  }

  async finish(): Promise<void> {
    this.#send();
    await this.#newest;
  }

  async #fetch(
    packed: Promise<PackedBlocks | undefined>,
    { content, offset, count }: BlockRequest,
    buffer: ArrayBuffer,
  ): Promise<PackedBatch> {
    const blocks = await packed;
    if (blocks) {
      const { store, position, length, words } = blocks;
      await store.readInto(new Uint8Array(buffer, 0, length), position);
      return { buffer, words, length };
    }
    const { blockSize, compressor } = this.#options;
    await content.readInto(new Uint8Array(buffer, 0, count * blockSize), offset);
    return compressor.pack({ buffer, lengths: new Uint32Array(count).fill(blockSize) });
  }

  /** A batch with room for `length` bytes. */
  async #openBatch(length: number): Promise<OpenBatch> {
    if (this.#batch && this.#batch.filled + length <= BATCH_SIZE) return this.#batch;
    this.#send();
    const bytes = new Uint8Array(await this.#takeBuffer());
    this.#batch = { bytes, lengths: [], blocks: [], filled: 0 };
    return this.#batch;
  }

  async #takeBuffer(): Promise<ArrayBuffer> {
    if (this.#pending.length < this.#options.backlog) return new ArrayBuffer(BATCH_SIZE);
    return (await this.#pending.shift()) ?? new ArrayBuffer(BATCH_SIZE);
  }

  #send(): void {
    const batch = this.#batch;
    if (!batch) return;
    this.#batch = undefined;
    const lengths = Uint32Array.from(batch.lengths);
    const packed = this.#options.compressor.pack({ buffer: batch.bytes.buffer, lengths });
    this.#await(packed, batch.blocks);
  }

  #await(packed: Promise<PackedBatch>, blocks: OpenBatch['blocks']): void {
    const stored = this.#store(packed, blocks, this.#newest);
    // A failure is met by whoever waits next; until then it must not end the process as an unhandled rejection.
    stored.catch(() => {});
    this.#newest = stored;
    this.#pending.push(stored);
  }

  async #store(
    packing: Promise<PackedBatch>,
    blocks: OpenBatch['blocks'],
    previous: Promise<unknown>,
  ): Promise<ArrayBuffer> {
    const [{ buffer, words, length }] = await Promise.all([packing, previous]);
    const { sink } = this.#options;
    let start = sink.size;
    if (length > 0) await sink.append([new Uint8Array(buffer, 0, length)]);
    for (const [at, { owner, index }] of blocks.entries()) {
      const word = words[at] ?? 0;
      owner.stored(index, start, word);
      start += parseBlockWord(word).size;
    }
    return buffer;
  }
}
