import * as zlib from 'node:zlib';
import { ToolError } from '../../errors.ts';
import { orCodecFailure } from './codec-failure.ts';
import { COMPRESSION_IDS, type CompressionName } from './format.ts';
import { expandLz4Block } from './lz4.ts';
import { REPACK } from './repack.ts';
import { FIELD_OFFSETS } from './superblock.ts';
import { expandXzBlock } from './xz.ts';
import { parseZstdFrame } from './zstd-frame.ts';
import { loadZstdWasm } from './zstd-wasm.js';

/**
 * Expands one stored block to at most `limit` bytes. Only xz needs to be waited for.
 * @throws an Error of whatever kind when the block is damaged or expands to more
 */
export type Decompress = (stored: Uint8Array, limit: number) => Uint8Array | Promise<Uint8Array>;

/** What decoders should support at least (RFC 8878, 3.1.1.1.2): a frame that asks for more is after our memory. */
const MAX_ZSTD_WINDOW = 8 << 20;

/** lzo and lzma are recognised, but there is no decoder for them here. */
const DECOMPRESSORS: Partial<Record<CompressionName, () => Promise<Decompress>>> = {
  gzip: async () => (stored, limit) => zlib.inflateSync(stored, { maxOutputLength: limit }),
  lz4: async () => expandLz4Block,
  zstd: openZstd,
  xz: async () => expandXzBlock,
};

/** @throws ToolError tool-missing for a compressor without decoder, archive-corrupt for an unknown one */
export async function openDecompressor(id: number): Promise<Decompress> {
  const name = compressionName(id);
  const open = name && DECOMPRESSORS[name];
  if (open) return open();
  if (!name) {
    throw new ToolError('archive-corrupt', {
      at: FIELD_OFFSETS.compression,
      entry: 0,
      reason: `unknown compressor ${id}`,
    });
  }
  throw new ToolError('tool-missing', {
    what: `a decoder for SquashFS images that are compressed with ${name}`,
    suggestion: REPACK,
  });
}

function compressionName(id: number): CompressionName | undefined {
  const names: readonly CompressionName[] = ['gzip', 'lzma', 'lzo', 'xz', 'lz4', 'zstd'];
  return names.find(name => COMPRESSION_IDS[name] === id);
}

async function openZstd(): Promise<Decompress> {
  const expand = nativeZstd() ?? (await wasmZstd());
  return (stored, limit) => {
    const { contentSize = limit, windowSize } = parseZstdFrame(stored);
    if (contentSize > limit) throw new RangeError(`a frame of ${contentSize} bytes`);
    if (windowSize > MAX_ZSTD_WINDOW)
      throw new RangeError(`a frame with a window of ${windowSize} bytes`);
    return expand(stored, limit);
  };
}

/** Any version will do: unlike compression, decompression has one right result. */
function nativeZstd(): Decompress | undefined {
  const expand = 'zstdDecompressSync' in zlib ? zlib.zstdDecompressSync : undefined;
  if (!isZstdDecompress(expand)) return undefined;
  return (stored, limit) => expand(stored, { maxOutputLength: limit });
}

type ZstdDecompress = (stored: Uint8Array, options: { maxOutputLength: number }) => Uint8Array;

function isZstdDecompress(candidate: unknown): candidate is ZstdDecompress {
  return typeof candidate === 'function';
}

/** libzstd gets an output buffer of the size that the frame declares, or of `limit`, and never writes past it. */
async function wasmZstd(): Promise<Decompress> {
  const { decompress } = await orCodecFailure(loadZstdWasm());
  return (stored, limit) => decompress(stored, { defaultHeapSize: limit });
}
