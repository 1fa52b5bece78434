import { type ByteRange, type Content, readBytes } from '../../content.ts';
import { ToolError } from '../../errors.ts';
import type { Decompress } from './decompressor.ts';
import { NONE, parseBlockWord } from './format.ts';
import { asCorrupt } from './image-error.ts';
import type { FileBody } from './inodes.ts';
import { LruCache } from './lru-cache.ts';
import type { FragmentEntry } from './tables.ts';

/**
 * How many times what callers get may be expanded for it, past an allowance. Callers that jump expand some blocks again;
 * thousands of small files that take turns in fragments of 1 MiB make gigabytes of work of a few bytes.
 */
const MAX_EXPANSION_RATIO = 64;
const EXPANSION_ALLOWANCE = 2 ** 30;

/** Blocks of up to 1 MiB: the file block and the fragment in use, and a few for callers that jump. */
const CACHED_BLOCKS = 4;

export interface DataSource {
  readonly image: Content;
  readonly blockSize: number;
  readonly decompress: Decompress;
  readonly fragment: (index: number) => Promise<FragmentEntry>;
}

/** A file, and the position of each of its blocks. */
interface LocatedFile {
  readonly file: FileBody;
  readonly starts: Float64Array;
}

/** Bytes of one block of a file: its number, its position in the image, and where in it they begin. */
interface PiecePlace {
  readonly index: number;
  readonly start: number;
  readonly within: number;
}

interface BlockPlace {
  readonly start: number;
  readonly word: number;
  /** What the block must expand to: at least, and at most. */
  readonly least: number;
  readonly most: number;
}

/** Gives the contents of an image's files, which read and expand blocks as they are asked for. */
export class DataReader {
  readonly #source: DataSource;
  /** By position and word: only both together say what a block expands to. */
  readonly #cache = new LruCache<string, Uint8Array>(CACHED_BLOCKS);
  #delivered = 0;
  #expanded = 0;

  constructor(source: DataSource) {
    this.#source = source;
  }

  /** @param entry the number of the file's entry, for errors */
  content(file: FileBody, entry: number): Content {
    const { size, words } = file;
    const dataRanges = words.includes(0) ? storedRanges(file, this.#source.blockSize) : undefined;
    let starts: Float64Array | undefined;
    return {
      size,
      ...(dataRanges && { dataRanges }),
      readInto: async (target, offset) => {
        if (offset < 0 || offset + target.length > size) {
          throw new RangeError(`${target.length} bytes at ${offset} do not fit into ${size}`);
        }
        starts ??= blockStarts(file);
        try {
          await this.#read({ file, starts }, target, offset);
        } catch (cause) {
          throw asCorrupt(cause, file.blocksStart, entry);
        }
      },
    };
  }

  async #read({ file, starts }: LocatedFile, target: Uint8Array, offset: number): Promise<void> {
    const { blockSize } = this.#source;
    this.#delivered += target.length;
    for (let filled = 0; filled < target.length; ) {
      const index = Math.floor((offset + filled) / blockSize);
      const within = offset + filled - index * blockSize;
      const piece = target.subarray(filled, filled + blockSize - within);
      await this.#readPiece(file, { index, start: starts[index] ?? 0, within }, piece);
      filled += piece.length;
    }
  }

  async #readPiece(
    file: FileBody,
    { index, start, within }: PiecePlace,
    piece: Uint8Array,
  ): Promise<void> {
    const { blockSize } = this.#source;
    if (index >= file.words.length) {
      const fragment = await this.#fragmentBlock(file);
      piece.set(
        fragment.subarray(
          file.fragmentOffset + within,
          file.fragmentOffset + within + piece.length,
        ),
      );
      return;
    }
    const word = file.words[index] ?? 0;
    if (word === 0) {
      piece.fill(0);
      return;
    }
    const length = Math.min(blockSize, file.size - index * blockSize);
    const block = await this.#block({ start, word, least: length, most: length });
    piece.set(block.subarray(within, within + piece.length));
  }

  async #fragmentBlock(file: FileBody): Promise<Uint8Array> {
    if (file.fragment === NONE) throw new RangeError('a file without its last block');
    const { blockSize, fragment } = this.#source;
    const { start, word } = await fragment(file.fragment);
    const least = file.fragmentOffset + (file.size % blockSize);
    return this.#block({ start, word, least, most: blockSize });
  }

  /** The kernel refuses blocks that expand to less than they must, too. */
  async #block({ start, word, least, most }: BlockPlace): Promise<Uint8Array> {
    const key = `${start} ${word}`;
    const block = this.#cache.get(key) ?? (await this.#expand(start, word, most));
    if (block.length < least || block.length > most) {
      throw new RangeError(`the block at ${start} holds ${block.length} bytes instead of ${least}`);
    }
    this.#cache.set(key, block);
    return block;
  }

  async #expand(start: number, word: number, most: number): Promise<Uint8Array> {
    const { image, blockSize, decompress } = this.#source;
    const { size, raw } = parseBlockWord(word);
    if (size === 0 || size > blockSize)
      throw new RangeError(`a block of ${size} bytes at ${start}`);
    this.#spend(most);
    const stored = await readBytes(image, start, size);
    return raw ? stored : decompress(stored, most);
  }

  #spend(bytes: number): void {
    this.#expanded += bytes;
    if (this.#expanded <= EXPANSION_ALLOWANCE + MAX_EXPANSION_RATIO * this.#delivered) return;
    throw new ToolError('archive-too-large', {
      what: 'the work to expand the image',
      limit: `${MAX_EXPANSION_RATIO} times its content`,
    });
  }
}

/** The blocks lie one after the other; holes take no space. */
function blockStarts({ blocksStart, words }: FileBody): Float64Array {
  const starts = new Float64Array(words.length);
  let position = blocksStart;
  for (const [index, word] of words.entries()) {
    starts[index] = position;
    position += parseBlockWord(word).size;
  }
  return starts;
}

function storedRanges({ words, size, fragment }: FileBody, blockSize: number): ByteRange[] {
  const ranges: { offset: number; length: number }[] = [];
  const add = (index: number) => {
    const offset = index * blockSize;
    const length = Math.min(blockSize, size - offset);
    const last = ranges.at(-1);
    if (last && last.offset + last.length === offset) last.length += length;
    else ranges.push({ offset, length });
  };
  for (const [index, word] of words.entries()) if (word !== 0) add(index);
  if (fragment !== NONE) add(words.length);
  return ranges;
}
