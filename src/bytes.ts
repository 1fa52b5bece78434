/**
 * A cursor over little-endian records. Each read checks its bounds, so that a truncated or lying input ends in a
 * RangeError that says where, and never in `undefined` arithmetic.
 */
export class ByteReader {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  #offset: number;

  constructor(bytes: Uint8Array, offset = 0) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#offset = offset;
  }

  get offset(): number {
    return this.#offset;
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  s16(): number {
    return this.#view.getInt16(this.#take(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  /** A u64 as bigint: references and offsets of hostile images may lie beyond 2^53. */
  u64(): bigint {
    return this.#view.getBigUint64(this.#take(8), true);
  }

  /** A view (no copy) of the next `length` bytes. */
  bytes(length: number): Uint8Array {
    const start = this.#take(length);
    return this.#bytes.subarray(start, start + length);
  }

  #take(length: number): number {
    const start = this.#offset;
    if (length < 0 || start + length > this.#bytes.length) {
      throw new RangeError(
        `${length} bytes at ${start} lie beyond the end (${this.#bytes.length})`,
      );
    }
    this.#offset = start + length;
    return start;
  }
}
