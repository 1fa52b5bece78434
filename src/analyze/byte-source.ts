/**
 * A stream that can be looked into before it is read. The chunks of the stream may be views of one reused buffer:
 * what outlives the next pull is copied here.
 */
export class ByteSource {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #onBytes: (total: number) => void;
  #waiting: Uint8Array | undefined;
  #bytesPulled = 0;

  /** @param onBytes told the number of bytes pulled so far, after each chunk */
  constructor(chunks: AsyncIterable<Uint8Array>, onBytes: (total: number) => void = () => {}) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#onBytes = onBytes;
  }

  /** Bytes pulled from the stream so far. */
  get bytesPulled(): number {
    return this.#bytesPulled;
  }

  /** The next chunk, never empty; undefined at the end. Valid until the next call. */
  async next(): Promise<Uint8Array | undefined> {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    return waiting ?? (await this.#pull());
  }

  /** Puts back the unused end of the chunk that `next` gave last. */
  unread(rest: Uint8Array): void {
    if (rest.length > 0) this.#waiting = rest;
  }

  /** The next `length` bytes, fewer only at the end; they stay unread. */
  async peek(length: number): Promise<Uint8Array> {
    const enough = this.#waiting !== undefined && this.#waiting.length >= length;
    if (!enough) this.#waiting = await this.#gather(length);
    return new Uint8Array(this.#waiting?.subarray(0, length) ?? []);
  }

  /** Reads `length` bytes, fewer only at the end. */
  async take(length: number): Promise<Uint8Array> {
    const bytes = await this.peek(length);
    this.#waiting = nonEmpty(this.#waiting?.subarray(bytes.length));
    return bytes;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    for (let chunk = await this.next(); chunk; chunk = await this.next()) yield chunk;
  }

  /** Lets the stream go. Not awaited: a standard input that never says anything again must not hold up an error. */
  close(): void {
    this.#chunks.return?.().catch(() => {});
  }

  async #gather(length: number): Promise<Uint8Array | undefined> {
    const pieces: Uint8Array[] = [];
    for (let size = 0; size < length; ) {
      const chunk = await this.next();
      if (chunk === undefined) break;
      pieces.push(new Uint8Array(chunk)); // Not slice(): a Buffer's does not copy.
      size += chunk.length;
    }
    return nonEmpty(Buffer.concat(pieces));
  }

  async #pull(): Promise<Uint8Array | undefined> {
    for (;;) {
      const { value, done } = await this.#chunks.next();
      if (done) return undefined;
      if (value.length === 0) continue;
      this.#bytesPulled += value.length;
      this.#onBytes(this.#bytesPulled);
      return value;
    }
  }
}

function nonEmpty(bytes: Uint8Array | undefined): Uint8Array | undefined {
  return bytes?.length ? bytes : undefined;
}
