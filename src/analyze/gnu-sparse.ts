import type { ByteRange } from '../content.ts';
import { ArchiveDamage } from './archive-damage.ts';
import { MAX_SPARSE_PIECES } from './archive-limits.ts';
import { decimal, type PaxAttributes, type PaxRecord, paxInteger } from './pax.ts';
import { headerNumber } from './tar-header.ts';

/** Where the stored bytes of a file with holes belong (GNU tar manual, "Storing Sparse Files"). */
export interface SparseMap {
  /** Ascending and disjoint; stored one after the other. */
  readonly pieces: readonly ByteRange[];
  /** Length of the file, holes included. */
  readonly size: number;
}

/** Where a block of the old format, the header or an extension of it, has its pieces. */
interface SparseLayout {
  readonly at: number;
  readonly slots: number;
  /** Whether an extension block follows. */
  readonly extendedAt: number;
}

const HEADER_LAYOUT: SparseLayout = { at: 386, slots: 4, extendedAt: 482 };
const EXTENSION_LAYOUT: SparseLayout = { at: 0, slots: 21, extendedAt: 504 };
const REAL_SIZE_AT = 483;
const FIELD = 12;

/** The map of the old format (type `S`): its first pieces are in the header, more in the blocks behind it. */
export class OldSparseMap {
  readonly #pieces: ByteRange[] = [];
  readonly #size: number;
  #complete = false;

  constructor(header: Uint8Array) {
    this.#size = sparseNumber(header, REAL_SIZE_AT);
    this.#take(header, HEADER_LAYOUT);
  }

  /** Without it, the next block goes to {@link takeExtension}. */
  get complete(): boolean {
    return this.#complete;
  }

  takeExtension(block: Uint8Array): void {
    this.#take(block, EXTENSION_LAYOUT);
  }

  /** @param stored bytes of data in the archive */
  map(stored: number): SparseMap {
    return checkedMap(this.#pieces, this.#size, stored);
  }

  #take(block: Uint8Array, { at, slots, extendedAt }: SparseLayout): void {
    const end = at + slots * 2 * FIELD;
    for (let slot = at; slot < end && block[slot + FIELD] !== 0; slot += 2 * FIELD) {
      const piece = {
        offset: sparseNumber(block, slot),
        length: sparseNumber(block, slot + FIELD),
      };
      addPiece(this.#pieces, piece);
    }
    this.#complete = block[extendedAt] === 0;
  }
}

/** The map of the PAX format 1.0: decimal lines before the data, padded to whole blocks. */
export class LeadingSparseMap {
  readonly #numbers: number[] = [];
  readonly #size: number;
  #unfinished = '';

  constructor(size: number) {
    this.#size = size;
  }

  get complete(): boolean {
    const [count] = this.#numbers;
    return count !== undefined && this.#numbers.length > 2 * count;
  }

  take(block: Uint8Array): void {
    const lines = (this.#unfinished + Buffer.from(block).toString('latin1')).split('\n');
    this.#unfinished = lines.pop() ?? '';
    for (const line of lines) {
      if (this.complete) return;
      this.#numbers.push(decimal(line) ?? fail('holds a line that is not a number'));
      const [count = 0] = this.#numbers;
      if (count > MAX_SPARSE_PIECES) fail(`has ${count} pieces, more than ${MAX_SPARSE_PIECES}`);
    }
    const runaway = !this.complete && this.#unfinished.length > block.length;
    if (runaway) fail('holds a line that is not a number');
  }

  /** @param stored bytes of data in the archive, without the map */
  map(stored: number): SparseMap {
    return checkedMap(pairs(this.#numbers.slice(1)), this.#size, stored);
  }
}

/**
 * What PAX records say about the holes of a file: nothing (undefined), a map (formats 0.0 and 0.1), or that the map
 * stands before the data (1.0).
 * @param own the member's records in their order: format 0.0 repeats its keys
 * @param stored bytes of data in the archive
 */
export function paxSparseMap(
  attributes: PaxAttributes,
  own: readonly PaxRecord[],
  stored: number,
): SparseMap | LeadingSparseMap | undefined {
  if (attributes.has('GNU.sparse.major')) {
    const major = paxInteger(attributes, 'GNU.sparse.major');
    const minor = paxInteger(attributes, 'GNU.sparse.minor') ?? 0;
    if (major !== 1 || minor !== 0) fail(`has the unknown format ${major}.${minor}`);
    return new LeadingSparseMap(realSize(attributes, 'GNU.sparse.realsize'));
  }
  if (!attributes.has('GNU.sparse.size')) return undefined;
  return checkedMap(paxPieces(attributes, own), realSize(attributes, 'GNU.sparse.size'), stored);
}

function paxPieces(attributes: PaxAttributes, own: readonly PaxRecord[]): ByteRange[] {
  const list = attributes.get('GNU.sparse.map');
  const texts = list
    ? Buffer.from(list).toString('latin1').split(',')
    : own
        .filter(({ key }) => key === 'GNU.sparse.offset' || key === 'GNU.sparse.numbytes')
        .map(({ value }) => Buffer.from(value).toString('latin1'));
  return pairs(texts.map(text => decimal(text) ?? fail('holds a value that is not a number')));
}

function pairs(numbers: readonly number[]): ByteRange[] {
  const pieces: ByteRange[] = [];
  if (numbers.length % 2 !== 0) fail('has an offset without a length');
  for (let at = 0; at < numbers.length; at += 2) {
    addPiece(pieces, { offset: numbers[at] ?? 0, length: numbers[at + 1] ?? 0 });
  }
  return pieces;
}

/** Pieces without bytes only mark the end of the file: they may stand anywhere. */
function addPiece(pieces: ByteRange[], piece: ByteRange): void {
  if (piece.length > 0) pieces.push(piece);
  if (pieces.length > MAX_SPARSE_PIECES) fail(`has more than ${MAX_SPARSE_PIECES} pieces`);
}

function checkedMap(pieces: readonly ByteRange[], size: number, stored: number): SparseMap {
  let end = 0;
  let total = 0;
  for (const { offset, length } of pieces) {
    if (offset < end) fail('has pieces that overlap');
    end = offset + length;
    total += length;
  }
  if (end > size) fail('reaches beyond the end of the file');
  if (total !== stored) fail(`describes ${total} bytes of data where ${stored} are stored`);
  return { pieces, size };
}

function realSize(attributes: PaxAttributes, key: string): number {
  const size = paxInteger(attributes, key) ?? fail('does not tell the size of the file');
  return size >= 0 ? size : fail('tells a negative size of the file');
}

function sparseNumber(block: Uint8Array, at: number): number {
  const value = headerNumber(block, at, FIELD) ?? fail('holds a field that is not a number');
  return value >= 0 ? value : fail('holds a negative number');
}

function fail(problem: string): never {
  throw new ArchiveDamage('corrupt', `the map of a sparse file ${problem}`);
}
