import { ByteReader } from '../../bytes.ts';
import { ToolError } from '../../errors.ts';
import { REPACK } from './repack.ts';

/**
 * The decoder cannot be stopped before it asks for more input, and LZMA makes up to 7,000 bytes of one: after this
 * much input, 29 MB may have come out of a hostile block before it is noticed.
 */
const PIECE_SIZE = 4096;

const MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];
const STREAM_HEADER_SIZE = 12;
/** Bits of the block flags that count the filters, less one. LZMA2 is always the last. */
const FILTER_COUNT = 0x03;

/**
 * Expands one .xz stream (The .xz File Format, 1.2), as SquashFS stores them. The decoder is XZ Embedded, the kernel's
 * own, as WASM. It takes no checks but CRC and no dictionary of more than 64 MiB; blocks have at most 1 MiB.
 * @param limit the stream may expand to at most so many bytes
 * @throws ToolError tool-missing when another filter comes before LZMA2
 * @throws RangeError when it expands to more, is cut off or damaged
 */
export async function expandXzBlock(stored: Uint8Array, limit: number): Promise<Uint8Array> {
  assertNoFilter(stored);
  // Loaded by the first block: few images need it. The package is CommonJS, so its exports are its default.
  const { default: xz } = await import('xz-decompress');
  const output = new Uint8Array(limit);
  let size = 0;
  async function* pieces(): AsyncGenerator<Uint8Array, void, undefined> {
    for (let at = 0; at < stored.length && size <= limit; at += PIECE_SIZE)
      yield stored.subarray(at, at + PIECE_SIZE);
  }
  try {
    // Read to its end, never cancelled: a cancelled stream may let two others at the decoder at once.
    for await (const chunk of new xz.XzReadableStream(ReadableStream.from(pieces()))) {
      if (size <= limit) output.set(chunk.subarray(0, limit - size), size);
      size += chunk.length;
    }
  } catch (cause) {
    if (size <= limit) throw new RangeError('a damaged xz stream', { cause });
  }
  if (size > limit) throw new RangeError(`an xz stream of more than ${limit} bytes`);
  return output.subarray(0, size);
}

/** `mksquashfs -Xbcj` changes the addresses in machine code before it compresses, and the decoder can't change them back. */
function assertNoFilter(stored: Uint8Array): void {
  const reader = new ByteReader(stored);
  if (MAGIC.some(byte => byte !== reader.u8())) throw new RangeError('no xz stream');
  reader.bytes(STREAM_HEADER_SIZE - MAGIC.length);
  const headerSize = reader.u8();
  // Without a block the stream is empty, and its index begins here, with a zero.
  if (headerSize === 0 || (reader.u8() & FILTER_COUNT) === 0) return;
  throw new ToolError('tool-missing', {
    what: 'a decoder for SquashFS images that are compressed with xz and a BCJ filter',
    suggestion: REPACK,
  });
}
