import type { Compression } from './block-compressor.ts';
import type { PackAhead } from './pack-ahead.ts';

/** What decides the bytes of an image, and how many threads make them. */
export interface SquashfsOptions {
  readonly compression: Compression;
  /** A power of two, 4 KiB…1 MiB. */
  readonly blockSize: number;
  /** Compression threads; 1 compresses in the calling thread. The image is the same for every number. */
  readonly jobs: number;
  /** The image's own time, in seconds since the epoch. */
  readonly mtime: number;
}

/** What makes a difference to whoever waits, and none to the image. */
export interface WriteAids {
  /** Is called with how many bytes of all files' contents have been worked through. */
  readonly onBytes?: ((bytesRead: number) => void) | undefined;
  /** Works with the same compression and block size. */
  readonly ahead?: PackAhead | undefined;
}
