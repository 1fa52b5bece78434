const INTERESTING = [0, 1, 2, 7, 8, 16, 32, 64, 100, 127, 128, 255, 256, 511, 512, 4095, 4096];
const LARGE = [0x7fff, 0x8000, 0xffff, 0x1_0000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];
const MAX_LENGTH = 1 << 17;

/** Changes inputs at random. The same seed makes the same changes. */
export class Mutator {
  #state = 1;
  /** @type {readonly Uint8Array[]} */
  #tokens = [];

  /**
   * @param {number} seed
   * @param {readonly Uint8Array[]} inputs whose words are used in others
   */
  constructor(seed, inputs) {
    this.#state = seed >>> 0 || 1;
    this.#tokens = tokensOf(inputs);
  }

  /**
   * @param {readonly Uint8Array[]} corpus
   * @returns {Uint8Array}
   */
  mutate(corpus) {
    let bytes = Buffer.concat([this.#pick(corpus) ?? Buffer.from('x')]);
    for (let left = 1 << this.#below(4); left > 0; left -= 1) bytes = this.#change(bytes, corpus);
    return bytes.subarray(0, MAX_LENGTH);
  }

  /**
   * @param {Buffer<ArrayBuffer>} bytes
   * @param {readonly Uint8Array[]} corpus
   * @returns {Buffer<ArrayBuffer>}
   */
  #change(bytes, corpus) {
    const at = this.#below(bytes.length + 1);
    const length = this.#below(Math.min(64, bytes.length - at) + 1);
    switch (this.#below(9)) {
      case 0:
        if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << this.#below(8));
        return bytes;
      case 1:
        if (at < bytes.length) bytes[at] = this.#below(256);
        return bytes;
      case 2:
        return this.#setNumber(bytes, at);
      case 3:
        return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
      case 4:
        return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
      case 5: {
        const token = this.#pick(this.#tokens) ?? Buffer.alloc(1);
        return Buffer.concat([bytes.subarray(0, at), token, bytes.subarray(at)]);
      }
      case 6: {
        const token = this.#pick(this.#tokens) ?? Buffer.alloc(1);
        return Buffer.concat([bytes.subarray(0, at), token, bytes.subarray(at + token.length)]);
      }
      case 7: {
        const other = this.#pick(corpus) ?? bytes;
        const from = this.#below(other.length + 1);
        const piece = other.subarray(from, from + this.#below(1024));
        return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + length)]);
      }
      default: {
        const from = this.#below(bytes.length + 1);
        bytes.copyWithin(at, from, from + length);
        return bytes;
      }
    }
  }

  /**
   * @param {Buffer<ArrayBuffer>} bytes
   * @param {number} at
   */
  #setNumber(bytes, at) {
    const size = this.#pick([1, 2, 4, 8]) ?? 1;
    if (at + size > bytes.length) return bytes;
    const value = BigInt(this.#pick(this.#below(2) ? INTERESTING : LARGE) ?? 0);
    const signed = this.#below(3) === 0 ? -value : value;
    const written = BigInt.asUintN(8 * size, signed);
    const number = Buffer.alloc(8);
    number.writeBigUInt64LE(written);
    bytes.set(
      this.#below(4) === 0 ? number.subarray(0, size).reverse() : number.subarray(0, size),
      at,
    );
    return bytes;
  }

  /**
   * @template T
   * @param {readonly T[]} list
   * @returns {T | undefined}
   */
  #pick(list) {
    return list[this.#below(list.length)];
  }

  /** @param {number} limit */
  #below(limit) {
    // xorshift32
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return limit > 0 ? (this.#state >>> 0) % limit : 0;
  }
}

/**
 * Words, numbers and marks of the texts among the inputs.
 * @param {readonly Uint8Array[]} inputs
 */
function tokensOf(inputs) {
  /** @type {Set<string>} */
  const tokens = new Set();
  for (const bytes of inputs) {
    if (bytes.includes(0)) continue;
    const text = Buffer.from(bytes).toString('latin1');
    for (const [token] of text.matchAll(/[\w.-]+|[^\w\s]+|\s+/g)) tokens.add(token.slice(0, 80));
    for (const line of text.split('\n').slice(0, 200)) tokens.add(`\n${line.slice(0, 200)}\n`);
  }
  return [...tokens].map(token => Buffer.from(token, 'latin1'));
}
