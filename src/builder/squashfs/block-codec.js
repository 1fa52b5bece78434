// Plain JavaScript, because Node 20 cannot start a worker thread from a .ts file; shared by the worker and its twin.
import * as zlib from 'node:zlib';
import { releaseMemory } from '../../release-memory.js';
import { loadZstdWasm } from './zstd-wasm.js';

/** @typedef {{ readonly name: 'zstd' | 'gzip', readonly level: number }} Compression */
/** @typedef {(block: Uint8Array) => Uint8Array} CompressBlock */

/** The libzstd that @bokuweb/zstd-wasm contains. Another version compresses to other bytes. */
const PINNED_ZSTD = '1.5.7';
const RAW_BLOCK = 1 << 24;
const ZEROS = new Uint8Array(1 << 20);

/**
 * The function that compresses one block of at most 1 MiB: the same input gives the same bytes on every runtime.
 * @param {Compression} compression
 * @returns {Promise<CompressBlock>}
 */
export async function openCodec(compression) {
  if (compression.name === 'gzip') return openGzip(compression.level);
  return openNativeZstd(compression.level) ?? (await openWasmZstd(compression.level));
}

/**
 * Compresses the blocks that lie back to back in `buffer`, in place: what is stored never is longer than the block
 * was, so that the result always fits before the next block.
 * @param {CompressBlock} compress
 * @param {ArrayBuffer} buffer
 * @param {Uint32Array} lengths bytes of each block
 * @returns {{ words: Uint32Array, length: number }} the block words of the format, and the bytes that are stored
 */
export function packBlocks(compress, buffer, lengths) {
  const bytes = new Uint8Array(buffer);
  const words = new Uint32Array(lengths.length);
  let start = 0;
  let stored = 0;
  for (const [index, length] of lengths.entries()) {
    const end = start + length;
    words[index] = packBlock(compress, bytes, { start, end, stored });
    stored += (words[index] ?? 0) & (RAW_BLOCK - 1);
    start = end;
  }
  return { words, length: stored };
}

/**
 * @param {Uint8Array} block at most 1 MiB
 * @returns {boolean} whether every byte is zero
 */
export function isZero(block) {
  return block[0] === 0 && Buffer.compare(block, ZEROS.subarray(0, block.length)) === 0;
}

/**
 * @param {CompressBlock} compress
 * @param {Uint8Array} bytes
 * @param {{ start: number, end: number, stored: number }} place
 * @returns {number} the block word; 0 for a hole
 */
function packBlock(compress, bytes, { start, end, stored }) {
  const block = bytes.subarray(start, end);
  if (isZero(block)) return 0;
  const packed = compress(block);
  const { length } = packed;
  if (length < block.length) bytes.set(packed, stored);
  else bytes.copyWithin(stored, start, end);
  releaseMemory(packed, usesAll(packed) ? length : zstdSpace(block.length));
  return length < block.length ? length : block.length | RAW_BLOCK;
}

/**
 * Whether nothing else is in the array's buffer: what WebAssembly returns is a copy for the caller.
 * @param {Uint8Array} bytes
 */
function usesAll({ buffer, byteLength }) {
  return buffer.byteLength === byteLength;
}

/**
 * Room for what zstd may make of a block: its own bound is a few bytes less.
 * @param {number} length
 */
function zstdSpace(length) {
  return length + (length >> 8) + 8192;
}

/**
 * node:zlib's deflate differs between Node versions and processors (its zlib has SIMD variants), so that images would
 * not be reproducible; fflate is slower, but its output depends on the input only.
 * @param {number} level
 * @returns {Promise<CompressBlock>}
 */
async function openGzip(level) {
  const { zlibSync } = await import('fflate/browser');
  const valid = toDeflateLevel(level);
  return block => zlibSync(block, { level: valid });
}

/**
 * @param {number} level
 * @returns {CompressBlock | undefined} undefined when this runtime has no zstd, or one that gives other bytes
 */
function openNativeZstd(level) {
  const { zstdCompressSync, constants } =
    /** @type {{ zstdCompressSync?: (block: Uint8Array, options: object) => Uint8Array, constants: Record<string, number> }} */ (
      /** @type {unknown} */ (zlib)
    );
  if (!zstdCompressSync || process.versions.zstd !== PINNED_ZSTD) return undefined;
  const params = { [constants.ZSTD_c_compressionLevel ?? 100]: level };
  // libzstd takes its single-pass path, the one of ZSTD_compress(), only when it knows the input's size and the whole
  // result fits into one output buffer. With Node's default chunks, blocks above 128 KiB come out as other bytes, and
  // without the size the frame declares a window that the kernel refuses to mount.
  return block =>
    zstdCompressSync(block, {
      params,
      pledgedSrcSize: block.length,
      chunkSize: zstdSpace(block.length),
    });
}

/**
 * @param {number} level
 * @returns {Promise<CompressBlock>}
 */
async function openWasmZstd(level) {
  const { compress } = await loadZstdWasm();
  return block => compress(block, level);
}

/**
 * @param {number} level
 * @returns {1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}
 */
function toDeflateLevel(level) {
  /** @type {readonly (1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9)[]} */
  const levels = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const found = levels.find(candidate => candidate === level);
  if (!found) throw new RangeError(`gzip has no level ${level}`);
  return found;
}
