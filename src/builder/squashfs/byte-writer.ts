/** Collects little-endian fields into one record; the counterpart of ByteReader. Grows as needed. */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  #length = 0;

  constructor(capacity = 64) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  get length(): number {
    return this.#length;
  }

  u16(value: number): this {
    const at = this.#advance(2);
    this.#view.setUint16(at, inRange(value, 0, 0xffff), true);
    return this;
  }

  s16(value: number): this {
    const at = this.#advance(2);
    this.#view.setInt16(at, inRange(value, -0x8000, 0x7fff), true);
    return this;
  }

  u32(value: number): this {
    const at = this.#advance(4);
    this.#view.setUint32(at, inRange(value, 0, 0xffff_ffff), true);
    return this;
  }

  u64(value: bigint | number): this {
    const at = this.#advance(8);
    this.#view.setBigUint64(at, BigInt(value), true);
    return this;
  }

  bytes(value: Uint8Array): this {
    const start = this.#advance(value.length);
    this.#bytes.set(value, start);
    return this;
  }

  /** Back to an empty record; views of the one before are overwritten by the next. */
  clear(): this {
    this.#length = 0;
    return this;
  }

  /** The record so far, as a view that the next write may detach. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Makes room first: the view is another one afterwards. */
  #advance(count: number): number {
    const start = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) this.#grow();
    return start;
  }

  #grow(): void {
    const larger = new Uint8Array(Math.max(this.#length, 2 * this.#bytes.length));
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

/** DataView wraps silently; a field that does not fit must never reach an image. */
function inRange(value: number, low: number, high: number): number {
  const fits = Number.isInteger(value) && value >= low && value <= high;
  if (!fits) throw new RangeError(`${value} does not fit into ${low}…${high}`);
  return value;
}
