import type { ImageSink } from '../../src/builder/squashfs/image-sink.ts';
import type { Content } from '../../src/content.ts';
import { bytesContent } from '../../src/content.ts';

/** Keeps an image in memory. Copies every chunk, so that a buffer that is reused too early shows as a wrong image. */
export class MemorySink implements ImageSink {
  #bytes = new Uint8Array(1 << 16);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  async append(chunks: readonly Uint8Array[]): Promise<void> {
    // A real sink takes its time; whoever depends on the order must wait for it.
    await new Promise(resolve => setImmediate(resolve));
    for (const chunk of chunks) {
      this.#reserve(this.#size + chunk.length);
      this.#bytes.set(chunk, this.#size);
      this.#size += chunk.length;
    }
  }

  async patch(offset: number, bytes: Uint8Array): Promise<void> {
    if (offset + bytes.length > this.#size) throw new RangeError('a patch beyond the end');
    this.#bytes.set(bytes, offset);
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#size);
  }

  content(): Content {
    return bytesContent(this.bytes());
  }

  #reserve(size: number): void {
    if (size <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(size, 2 * this.#bytes.length));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
