import { type FileHandle, open } from 'node:fs/promises';
import type { ImageSink } from '../../../src/builder/squashfs/image-sink.ts';

/** Writes an image to a file. */
export class FileSink implements ImageSink {
  readonly #file: FileHandle;
  #size = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async create(path: string): Promise<FileSink> {
    return new FileSink(await open(path, 'w'));
  }

  get size(): number {
    return this.#size;
  }

  async append(chunks: readonly Uint8Array[]): Promise<void> {
    for (const chunk of chunks) {
      await this.#write(chunk, this.#size);
      this.#size += chunk.length;
    }
  }

  async patch(offset: number, bytes: Uint8Array): Promise<void> {
    await this.#write(bytes, offset);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #write(bytes: Uint8Array, position: number): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await this.#file.write(bytes, at, bytes.length - at, position + at);
      at += bytesWritten;
    }
  }
}
