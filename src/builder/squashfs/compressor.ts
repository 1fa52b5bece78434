import { openCodec, packBlocks } from './block-codec.js';
import type { BlockCompressor, Compression } from './block-compressor.ts';
import { orCodecFailure } from './codec-failure.ts';
import { WorkerPool } from './worker-pool.ts';

/** `jobs` 1 works in the calling thread, more in that many worker threads. The bytes are the same. */
export async function openCompressor(
  compression: Compression,
  jobs: number,
): Promise<BlockCompressor> {
  return jobs > 1 ? new WorkerPool(compression, jobs) : openSerialCompressor(compression);
}

async function openSerialCompressor(compression: Compression): Promise<BlockCompressor> {
  const compress = await orCodecFailure(openCodec(compression));
  return {
    async pack({ buffer, lengths }) {
      return { buffer, ...packBlocks(compress, buffer, lengths) };
    },
    async close() {},
  };
}
