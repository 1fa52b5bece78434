import { ToolError } from '../errors.ts';
import { ArchiveDamage } from './archive-damage.ts';
import { MAX_ENTRIES, MAX_INFLATED_BYTES } from './archive-limits.ts';
import { LeadingSparseMap, OldSparseMap, paxSparseMap, type SparseMap } from './gnu-sparse.ts';
import { type PaxAttributes, paxInteger } from './pax.ts';
import { assertHeaderBytes, isExtension, type LongNames, TarExtensions } from './tar-extensions.ts';
import {
  BLOCK_SIZE,
  hasValidChecksum,
  headerSize,
  isZeroBlock,
  padded,
  plainHeader,
  typeflag,
} from './tar-header.ts';

/** One member of a tar archive: its header without extensions, and what the extensions said, raw. */
export interface MemberFrame extends LongNames {
  /** A header of one of the types `0` to `7` that announces no data. */
  readonly header: Uint8Array;
  /** The type that the archive has. */
  readonly typeflag: string;
  readonly pax: PaxAttributes;
  readonly data: StoredData;
}

/** The place of a member's data in the inflated archive. */
export interface StoredData {
  readonly offset: number;
  readonly length: number;
  /** Present for a file with holes. */
  readonly sparse?: SparseMap;
}

/** A member of which a part is still to come. */
interface OpenMember {
  readonly header: Uint8Array;
  readonly typeflag: string;
  readonly pax: PaxAttributes;
  readonly size: number;
}

interface BodyState {
  readonly kind: 'body';
  readonly typeflag: string;
  readonly body: Uint8Array;
  filled: number;
}

type State =
  | { readonly kind: 'header' }
  | BodyState
  | { readonly kind: 'old-sparse'; readonly member: OpenMember; readonly map: OldSparseMap }
  | {
      readonly kind: 'leading-sparse';
      readonly member: OpenMember;
      readonly map: LeadingSparseMap;
      taken: number;
    }
  | { readonly kind: 'ended' };

const HEADER_STATE: State = { kind: 'header' };

/**
 * Types whose size field standards and tools do not agree on: ustar gives them no data, pax allows some for a hard
 * link, and several writers leave a size there that means nothing.
 */
const DOUBTFUL_DATA = /[1-6]/;

/**
 * Cuts a tar archive, fed in chunks of any size, into its members. It exists because tar-stream decodes PAX values
 * as UTF-8 text, which destroys capabilities and foreign names, knows no sparse files, holds headers of any size in
 * memory, and fails on whatever follows the end of the archive.
 */
export class TarFraming {
  readonly #notes: Set<string>;
  readonly #extensions = new TarExtensions();
  readonly #partial = new Uint8Array(BLOCK_SIZE);
  #filled = 0;
  #offset = 0;
  #state: State = HEADER_STATE;
  /** Bytes of data and padding that are still to pass. */
  #skip = 0;
  /** Length of the data that may follow a member of a doubtful type. */
  #doubtful = 0;
  #members = 0;
  #loneZeroBlock = false;

  /** @param notes gets what is odd but harmless */
  constructor(notes: Set<string>) {
    this.#notes = notes;
  }

  /** Bytes seen so far. */
  get offset(): number {
    return this.#offset;
  }

  /** Members begun so far. */
  get members(): number {
    return this.#members;
  }

  /** Whether the end of the archive was seen; what follows it is only looked at for a note. */
  get ended(): boolean {
    return this.#state.kind === 'ended';
  }

  /** Whether the bytes seen so far end within something that has begun. */
  get withinMember(): boolean {
    const pending = this.#state.kind !== 'header' || this.#extensions.pending;
    return !this.ended && (pending || this.#skip > 0 || this.#filled > 0);
  }

  /** Whether data of the member begun last are still missing. */
  get withinData(): boolean {
    return this.#skip > 0;
  }

  /**
   * The members whose headers are complete with this chunk.
   * @throws ArchiveDamage, ToolError `archive-too-large`
   */
  *push(chunk: Uint8Array): Generator<MemberFrame, void, undefined> {
    for (let at = 0; at < chunk.length; ) {
      const rest = chunk.subarray(at);
      if (this.ended) {
        this.#offset += rest.length;
        this.#noteTrailing(rest);
        return;
      }
      if (this.#skip > 0) {
        at += this.#skipData(rest.length);
        continue;
      }
      const taken = Math.min(BLOCK_SIZE - this.#filled, rest.length);
      const block = this.#fillBlock(rest.subarray(0, taken));
      at += taken;
      const frame = block && this.#takeBlock(block);
      if (frame) yield frame;
    }
  }

  #skipData(available: number): number {
    const skipped = Math.min(this.#skip, available);
    this.#skip -= skipped;
    this.#offset += skipped;
    return skipped;
  }

  /** The block that is complete with these bytes. */
  #fillBlock(bytes: Uint8Array): Uint8Array | undefined {
    this.#offset += bytes.length;
    if (bytes.length === BLOCK_SIZE) return bytes;
    this.#partial.set(bytes, this.#filled);
    this.#filled = (this.#filled + bytes.length) % BLOCK_SIZE;
    return this.#filled === 0 ? this.#partial : undefined;
  }

  #takeBlock(block: Uint8Array): MemberFrame | undefined {
    const state = this.#state;
    switch (state.kind) {
      case 'header':
        return this.#takeHeader(block);
      case 'body':
        this.#takeBodyBlock(state, block);
        return undefined;
      case 'old-sparse':
        state.map.takeExtension(block);
        return state.map.complete ? this.#takeOldSparse(state.member, state.map) : undefined;
      case 'leading-sparse':
        state.taken += BLOCK_SIZE;
        state.map.take(block);
        return this.#takeLeadingSparse(state.member, state.map, state.taken);
      case 'ended':
        return undefined;
    }
  }

  #takeHeader(block: Uint8Array): MemberFrame | undefined {
    const doubtful = this.#doubtful;
    this.#doubtful = 0;
    if (isZeroBlock(block)) return this.#takeZeroBlock();
    if (!hasValidChecksum(block)) {
      if (doubtful === 0) throw this.#damagedHeader('the checksum of the header does not match');
      this.#skip = padded(doubtful) - BLOCK_SIZE;
      return undefined;
    }
    if (this.#loneZeroBlock) this.#notes.add('a zero block stands between the entries');
    this.#loneZeroBlock = false;
    return this.#takeMember(block, typeflag(block));
  }

  /** Two zero blocks end an archive. GNU tar and Go write both; some writers leave a single one between entries. */
  #takeZeroBlock(): undefined {
    if (this.#extensions.pending) {
      throw this.#damagedHeader('the archive ends behind an extended header');
    }
    if (this.#loneZeroBlock) this.#state = { kind: 'ended' };
    this.#loneZeroBlock = true;
  }

  #takeMember(header: Uint8Array, type: string): MemberFrame | undefined {
    const announced = headerSize(header);
    if (announced === undefined) throw this.#damagedHeader('the size of the entry is not a number');
    if (isExtension(type)) return this.#beginBody(type, announced);

    const pax = this.#extensions.attributes();
    const size = paxInteger(pax, 'size') ?? announced;
    if (size < 0) throw this.#damagedHeader('the size of the entry is negative');
    if (size > MAX_INFLATED_BYTES) {
      throw new ToolError('archive-too-large', {
        what: `entry ${this.#members + 1}, which announces ${size} bytes`,
        limit: MAX_INFLATED_BYTES,
      });
    }
    return this.#takeSized({ header: plainHeader(header), typeflag: type, pax, size }, header);
  }

  #takeSized(member: OpenMember, header: Uint8Array): MemberFrame | undefined {
    if (DOUBTFUL_DATA.test(member.typeflag)) {
      this.#doubtful = member.size;
      return this.#finish(member, { offset: this.#offset, length: 0 });
    }
    if (member.typeflag === 'S') {
      const map = new OldSparseMap(header);
      if (map.complete) return this.#takeOldSparse(member, map);
      this.#state = { kind: 'old-sparse', member, map };
      return undefined;
    }
    const sparse = paxSparseMap(member.pax, this.#extensions.records, member.size);
    if (sparse instanceof LeadingSparseMap) {
      this.#state = { kind: 'leading-sparse', member, map: sparse, taken: 0 };
      return undefined;
    }
    return this.#finish(member, {
      offset: this.#offset,
      length: member.size,
      ...(sparse && { sparse }),
    });
  }

  #takeOldSparse(member: OpenMember, map: OldSparseMap): MemberFrame {
    const sparse = map.map(member.size);
    return this.#finish(member, { offset: this.#offset, length: member.size, sparse });
  }

  #takeLeadingSparse(
    member: OpenMember,
    map: LeadingSparseMap,
    taken: number,
  ): MemberFrame | undefined {
    if (taken > member.size) {
      throw this.#damagedHeader('the map of a sparse file is longer than its data');
    }
    assertHeaderBytes(taken);
    if (!map.complete) return undefined;
    const length = member.size - taken;
    return this.#finish(member, { offset: this.#offset, length, sparse: map.map(length) });
  }

  #finish({ header, typeflag, pax }: OpenMember, data: StoredData): MemberFrame {
    if (this.#members === MAX_ENTRIES) {
      throw new ToolError('archive-too-large', {
        what: 'the number of entries',
        limit: `${MAX_ENTRIES}`,
      });
    }
    this.#members += 1;
    this.#skip = padded(data.length);
    this.#state = HEADER_STATE;
    return { header, typeflag, pax, data, ...this.#extensions.release() };
  }

  #beginBody(type: string, size: number): undefined {
    if (size < 0) throw this.#damagedHeader('the size of an extended header is negative');
    const body = this.#extensions.reserve(type, size);
    if (size === 0) this.#extensions.take(type, body);
    else this.#state = { kind: 'body', typeflag: type, body, filled: 0 };
  }

  #takeBodyBlock(state: BodyState, block: Uint8Array): void {
    state.body.set(block.subarray(0, state.body.length - state.filled), state.filled);
    state.filled += BLOCK_SIZE;
    if (state.filled < state.body.length) return;
    this.#state = HEADER_STATE;
    this.#extensions.take(state.typeflag, state.body);
  }

  #noteTrailing(bytes: Uint8Array): void {
    if (isZeroBlock(bytes)) return;
    this.#notes.add('data after the end of the tar archive were ignored');
  }

  #damagedHeader(reason: string): ArchiveDamage {
    return new ArchiveDamage('corrupt', reason, { at: this.#offset - BLOCK_SIZE });
  }
}
