import type { Content } from '../../content.ts';
import {
  type BlockOwner,
  BlockQueue,
  type BlockQueueOptions,
  type BlockRequest,
} from './block-queue.ts';
import { dataRuns } from './data-runs.ts';
import { NONE } from './format.ts';
import { FragmentPacker } from './fragment-packer.ts';
import type { PackAhead } from './pack-ahead.ts';
import type { FragmentEntry } from './tables.ts';

/** Where a file's bytes are. Complete only after {@link DataWriter.finish}: blocks are stored while others are read. */
export interface FileData {
  /** Position of the first stored block; 0 when there is none. */
  readonly blocksStart: number;
  readonly words: Uint32Array;
  readonly fragment: number;
  readonly fragmentOffset: number;
  /** The tail, and the file with it when it has no other blocks, was there already. */
  readonly sharesTail: boolean;
}

export interface DataWriterOptions extends BlockQueueOptions {
  /** Has some of the blocks already. */
  readonly ahead?: PackAhead | undefined;
}

/** Cuts contents into blocks and fragments and has them compressed and stored, in the order of the calls. */
export class DataWriter {
  readonly #blockSize: number;
  readonly #ahead: PackAhead | undefined;
  readonly #queue: BlockQueue;
  readonly #fragments: FragmentPacker;

  constructor(options: DataWriterOptions) {
    this.#blockSize = options.blockSize;
    this.#ahead = options.ahead;
    this.#queue = new BlockQueue(options);
    this.#fragments = new FragmentPacker(options.blockSize, this.#queue);
  }

  /** @param onRead is called with the number of bytes that were read, or skipped as a hole, since the last call */
  async add(content: Content, onRead: (count: number) => void): Promise<FileData> {
    const tailStart = content.size - (content.size % this.#blockSize);
    const blocks = new FileBlocks(Math.ceil(content.size / this.#blockSize));
    const count = tailStart / this.#blockSize;
    if (count > 0) await this.#addBlocks({ content, owner: blocks, count }, onRead);
    const tail = await this.#fragments.add(content, tailStart);
    onRead(content.size - tailStart);
    if (tail) blocks.tail = tail;
    return blocks;
  }

  /** Waits until everything is stored. */
  async finish(): Promise<readonly FragmentEntry[]> {
    await this.#fragments.finish();
    await this.#queue.finish();
    return this.#fragments.entries;
  }

  async #addBlocks(
    { content, owner, count }: Pick<BlockRequest, 'content' | 'owner' | 'count'>,
    onRead: (count: number) => void,
  ): Promise<void> {
    let seen = 0;
    for (const run of dataRuns(content, this.#blockSize, count)) {
      const end = run.first + run.count;
      for (let block = run.first; block < end; ) {
        block += await this.#addSome({ content, owner, index: block, count: end - block });
        onRead((block - seen) * this.#blockSize);
        seen = block;
      }
    }
    onRead((count - seen) * this.#blockSize);
  }

  /** Adds at least one block, and returns how many. */
  async #addSome(blocks: Omit<BlockRequest, 'offset'>): Promise<number> {
    const { content, index } = blocks;
    const request = { ...blocks, offset: index * this.#blockSize };
    const ahead = this.#ahead?.take(content, index);
    return ahead ? this.#queue.addAhead(ahead, request) : this.#queue.add(request);
  }
}

/** Shared by all small files: a view of no bytes of an array of its own costs 200 bytes of memory each time. */
const NO_WORDS = new Uint32Array(0);

class FileBlocks implements BlockOwner, FileData {
  blocksStart = 0;
  /** Set when the tail went into a fragment; without, an all-zero tail is one more block, a hole. */
  tail:
    | { readonly fragment: number; readonly offset: number; readonly shared: boolean }
    | undefined;
  readonly #words: Uint32Array;

  constructor(count: number) {
    this.#words = new Uint32Array(count);
  }

  get words(): Uint32Array {
    if (!this.tail) return this.#words;
    return this.#words.length === 1 ? NO_WORDS : this.#words.subarray(0, -1);
  }

  get fragment(): number {
    return this.tail?.fragment ?? NONE;
  }

  get fragmentOffset(): number {
    return this.tail?.offset ?? 0;
  }

  get sharesTail(): boolean {
    return this.tail?.shared ?? false;
  }

  stored(index: number, start: number, word: number): void {
    this.#words[index] = word;
    if (word !== 0 && this.blocksStart === 0) this.blocksStart = start;
  }
}
