declare module 'tar-stream/headers.js' {
  import type { Headers } from 'tar-stream';

  /**
   * @param block 512 bytes
   * @param allowUnknownFormat also take what has the magic of no known format
   * @returns null for a block of zeros
   * @throws Error for a wrong checksum
   */
  export function decode(
    block: Uint8Array,
    filenameEncoding: BufferEncoding,
    allowUnknownFormat: boolean,
  ): Headers | null;
}
