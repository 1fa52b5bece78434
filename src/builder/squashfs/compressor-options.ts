import type { Compression } from './block-compressor.ts';
import { ByteWriter } from './byte-writer.ts';
import { metadataHeader } from './format.ts';

/** What a reader assumes when there are no options. */
const DEFAULT_LEVELS = { zstd: 15, gzip: 9 } as const;
const DEFLATE_WINDOW_BITS = 15;

/** The block that follows the superblock and tells the level; undefined when all is default. Never compressed. */
export function compressorOptions({ name, level }: Compression): Uint8Array | undefined {
  if (level === DEFAULT_LEVELS[name]) return undefined;
  const payload = new ByteWriter().u32(level);
  if (name === 'gzip') payload.u16(DEFLATE_WINDOW_BITS).u16(0);
  const header = metadataHeader({ size: payload.length, raw: true });
  return new ByteWriter().u16(header).bytes(payload.toBytes()).toBytes();
}
