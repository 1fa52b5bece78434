import type { ElfLayout } from './elf-layout.ts';

/** What is read at once: the names of libraries stand anywhere in a table that also names every symbol. */
const WINDOW_BYTES = 1 << 20;
const MAX_STRING_BYTES = 4096;

/** Where the file claims that a table is. Bytes. */
interface TablePlace {
  readonly offset: bigint;
  readonly size: bigint;
}

/**
 * A string table. All strings together cost no more than the table: a file can ask for one long string thousands of
 * times, in sixteen bytes each.
 */
export class ElfStrings {
  readonly #layout: ElfLayout;
  readonly #offset: bigint;
  readonly #size: bigint;
  readonly #window: Uint8Array;
  #budget: number;

  private constructor(layout: ElfLayout, { offset, size }: TablePlace, window: Uint8Array) {
    this.#layout = layout;
    this.#offset = offset;
    this.#size = size;
    this.#window = window;
    this.#budget = layout.fileSize;
  }

  static async of(layout: ElfLayout, place: TablePlace): Promise<ElfStrings> {
    return new ElfStrings(
      layout,
      place,
      await layout.slice(place.offset, place.size, WINDOW_BYTES),
    );
  }

  /** The string at `index`; null beyond the table's end, and when too much has been asked for. */
  async at(index: bigint): Promise<string | null> {
    if (index >= this.#size || this.#budget <= 0) return null;
    const bytes = await this.#bytesFrom(index);
    const end = bytes.indexOf(0);
    const text = bytes.subarray(0, end === -1 ? bytes.length : end);
    this.#budget -= text.length + 1;
    return Buffer.from(text).toString('utf8');
  }

  async #bytesFrom(index: bigint): Promise<Uint8Array> {
    const known = this.#window.subarray(Number(index), Number(index) + MAX_STRING_BYTES);
    if (known.includes(0) || known.length === MAX_STRING_BYTES) return known;
    if (this.#window.length < WINDOW_BYTES) return known;
    this.#budget -= MAX_STRING_BYTES;
    return this.#layout.slice(this.#offset + index, this.#size - index, MAX_STRING_BYTES);
  }
}
