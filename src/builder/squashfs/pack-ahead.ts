import type { ByteRange, Content } from '../../content.ts';
import type { BlockCompressor } from './block-compressor.ts';
import { BATCH_SIZE, type BlocksAhead, type PackedBlocks } from './block-queue.ts';

/** What grows at its end and can be read meanwhile. */
export interface GrowingStore {
  /** The chunk may be reused when this resolves. */
  append(chunk: Uint8Array): Promise<void>;
  /** What has been appended so far. */
  content(): Content;
}

export interface PackAheadOptions {
  readonly blockSize: number;
  readonly compressor: BlockCompressor;
  /** How many batches may be on their way: the bound of the memory that this uses. */
  readonly backlog: number;
  /** Where the archive is inflated to. */
  readonly source: GrowingStore;
  /** Where packed blocks wait; closed together with this. */
  readonly store: GrowingStore & { close(): Promise<void> };
}

interface AheadFile extends ByteRange {
  /** Full blocks; the file's tail shares a block with others that nobody knows yet. */
  readonly blocks: number;
  /** Each has as many blocks as a batch holds, the last one what is left. */
  readonly batches: BlocksAhead[];
}

/**
 * Packs the blocks of files while their archive is still being inflated, before it is known which of them the image
 * will have, and where: an image's files come in another order than the archive's. What waits to be packed waits as
 * places in the inflated archive, what is packed waits in a store of its own, so that neither takes memory.
 *
 * A guess that is wrong costs time only: what is not asked for is left behind, what is not there is packed as if
 * there were no such class. The bytes are those that the image would have got anyway.
 */
export class PackAhead implements GrowingStore {
  readonly #options: PackAheadOptions;
  readonly #blocksPerBatch: number;
  readonly #buffers: ArrayBuffer[] = [];
  /** By the place of their first byte in the source. */
  readonly #files = new Map<number, AheadFile>();
  readonly #sizes = new Set<number>();
  readonly #waiting: AheadFile[] = [];
  #whole: Content | undefined;
  #available = 0;
  #packing = 0;
  #storing: Promise<unknown> = Promise.resolve();
  #stored = 0;
  #stopped = false;
  #closed: Promise<void> | undefined;

  constructor(options: PackAheadOptions) {
    this.#options = options;
    this.#blocksPerBatch = BATCH_SIZE / options.blockSize;
  }

  get compressor(): BlockCompressor {
    return this.#options.compressor;
  }

  /** Told before they are appended: these bytes will be a file. */
  expectFile({ offset, length }: ByteRange): void {
    const blocks = Math.floor(length / this.#options.blockSize);
    // Files of one size may be copies of each other, of which an image has the blocks once.
    if (blocks === 0 || this.#sizes.has(length)) return;
    this.#sizes.add(length);
    const file: AheadFile = { offset, length, blocks, batches: [] };
    this.#files.set(offset, file);
    this.#waiting.push(file);
    this.#pump();
  }

  /** Adds bytes of the archive. */
  async append(chunk: Uint8Array): Promise<void> {
    await this.#options.source.append(chunk);
    this.#available += chunk.length;
    this.#pump();
  }

  /** The inflated archive. */
  content(): Content {
    this.#whole ??= this.#options.source.content();
    return this.#whole;
  }

  /** No block is begun from now on: the image asks for what it needs, in its order. */
  stop(): void {
    this.#stopped = true;
  }

  /** Ends all threads, and abandons what they have not packed. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  /** The blocks of `content` from its block `first` on that are packed, or are about to be; undefined when none are. */
  take({ place, size }: Content, first: number): BlocksAhead | undefined {
    if (place === undefined || place.of !== this.#whole) return undefined;
    const file = this.#files.get(place.offset);
    if (file?.length !== size) return undefined;
    // Of a block within a batch this is no whole number, and nothing is there.
    return file.batches[first / this.#blocksPerBatch];
  }

  async #close(): Promise<void> {
    this.stop();
    await this.compressor.close();
    await this.#storing;
    await this.#options.store.close();
  }

  #pump(): void {
    while (!this.#stopped && this.#packing < this.#options.backlog) {
      const [file] = this.#waiting;
      if (file === undefined) return;
      const { blockSize } = this.#options;
      const first = file.batches.length * this.#blocksPerBatch;
      const count = Math.min(file.blocks - first, this.#blocksPerBatch);
      const offset = file.offset + first * blockSize;
      if (offset + count * blockSize > this.#available) return;
      const packed = this.#pack(offset, count).finally(() => this.#pump());
      // A failure is met by whoever takes the blocks; until then it must not end the process as an unhandled rejection.
      packed.catch(() => {});
      file.batches.push({ count, packed });
      if (first + count === file.blocks) this.#waiting.shift();
    }
  }

  async #pack(offset: number, count: number): Promise<PackedBlocks | undefined> {
    const { blockSize, compressor, source } = this.#options;
    this.#packing += 1;
    try {
      const buffer = this.#buffers.pop() ?? new ArrayBuffer(BATCH_SIZE);
      await source.content().readInto(new Uint8Array(buffer, 0, count * blockSize), offset);
      const lengths = new Uint32Array(count).fill(blockSize);
      const packed = await compressor.pack({ buffer, lengths });
      const stored = await this.#keep(new Uint8Array(packed.buffer, 0, packed.length));
      this.#buffers.push(packed.buffer);
      return stored && { ...stored, words: packed.words };
    } finally {
      this.#packing -= 1;
    }
  }

  /** Undefined when there is no space: then the image's own is still enough. */
  async #keep(bytes: Uint8Array): Promise<Omit<PackedBlocks, 'words'> | undefined> {
    const { store } = this.#options;
    const storing = this.#storing.then(async () => {
      await store.append(bytes);
      const position = this.#stored;
      this.#stored += bytes.length;
      return { store: store.content(), position, length: bytes.length };
    });
    this.#storing = storing.catch(() => {
      this.#stopped = true;
    });
    return storing.catch(() => undefined);
  }
}
