import { hash } from 'node:crypto';
import { bytesContent, type Content } from '../../content.ts';
import { isZero } from './block-codec.js';
import type { BlockQueue } from './block-queue.ts';
import type { FragmentEntry } from './tables.ts';

/** Where a tail lies: in which fragment block and where in it. `shared`: an equal one was there before. */
export interface TailPlace {
  readonly fragment: number;
  readonly offset: number;
  readonly shared: boolean;
}

/** Packs the ends of files, and files smaller than a block, together into blocks. Equal ones are stored once. */
export class FragmentPacker {
  /** Complete when the queue has finished. */
  readonly entries: FragmentEntry[] = [];
  readonly #block: Uint8Array<ArrayBuffer>;
  readonly #queue: BlockQueue;
  readonly #known = new Map<string, TailPlace>();
  #filled = 0;
  #count = 0;

  constructor(blockSize: number, queue: BlockQueue) {
    this.#block = new Uint8Array(blockSize);
    this.#queue = queue;
  }

  /** Packs what follows `start`; undefined when that is nothing, or only zeros, which are a hole. */
  async add(content: Content, start: number): Promise<TailPlace | undefined> {
    const length = content.size - start;
    if (length === 0) return undefined;
    if (this.#filled + length > this.#block.length) await this.#flush();
    const tail = this.#block.subarray(this.#filled, this.#filled + length);
    await content.readInto(tail, start);
    if (isZero(tail)) return undefined;
    const digest = hash('sha256', tail, 'base64');
    const known = this.#known.get(digest);
    if (known) return known;
    const [fragment, offset] = [this.#count, this.#filled];
    this.#known.set(digest, { fragment, offset, shared: true });
    this.#filled += length;
    return { fragment, offset, shared: false };
  }

  async finish(): Promise<void> {
    if (this.#filled > 0) await this.#flush();
  }

  async #flush(): Promise<void> {
    const content = bytesContent(this.#block.subarray(0, this.#filled));
    await this.#queue.add({ content, offset: 0, owner: this, index: this.#count, count: 1 });
    this.#count += 1;
    this.#filled = 0;
  }

  stored(index: number, start: number, word: number): void {
    this.entries[index] = { start, word };
  }
}
