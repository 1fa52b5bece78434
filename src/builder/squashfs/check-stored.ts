import { type Content, readBytes } from '../../content.ts';
import { COMPRESSION_IDS, METADATA_BLOCK_SIZE } from './format.ts';
import {
  MAX_ZSTD_HEADER,
  parseZstdBlockHeader,
  parseZstdFrame,
  ZSTD_BLOCK_HEADER,
} from './zstd-frame.ts';

/** The bytes of one compressed block, and what they have to expand to. */
export interface CompressedBlock {
  readonly stored: Content;
  readonly expands: number;
}

export type CheckStored = (block: CompressedBlock) => Promise<void>;

/**
 * The check of a block's frame that needs no decompression.
 * @throws RangeError from the check, when the kernel would refuse the block
 */
export function storedBlockCheck(compression: number, blockSize: number): CheckStored {
  if (compression === COMPRESSION_IDS.gzip) return checkZlibStream;
  // The kernel's decoder has a workspace of this size, for metadata too. Other readers do not care.
  const maxWindow = Math.max(blockSize, METADATA_BLOCK_SIZE);
  return block => checkZstdFrame(block, maxWindow);
}

/** RFC 1950: method 8, a window of at most 32 KiB, no dictionary, and a header that is a multiple of 31. */
async function checkZlibStream({ stored }: CompressedBlock): Promise<void> {
  if (stored.size < 2) throw new RangeError('a zlib stream without header');
  const [method = 0, flags = 0] = await readBytes(stored, 0, 2);
  const isZlib = (method & 0x0f) === 8 && method >> 4 <= 7 && (method * 256 + flags) % 31 === 0;
  if (!isZlib || (flags & 0x20) !== 0) throw new RangeError('a block that is no zlib stream');
}

async function checkZstdFrame(
  { stored, expands }: CompressedBlock,
  maxWindow: number,
): Promise<void> {
  const frame = parseZstdFrame(await readBytes(stored, 0, Math.min(MAX_ZSTD_HEADER, stored.size)));
  if (frame.contentSize === undefined) throw new RangeError('a zstd frame without content size');
  if (frame.contentSize !== expands) {
    throw new RangeError(`a zstd frame of ${frame.contentSize} instead of ${expands} bytes`);
  }
  if (frame.windowSize > maxWindow) {
    throw new RangeError(`a zstd frame with a window of ${frame.windowSize} bytes`);
  }
  if (frame.dictionaryId !== 0) throw new RangeError('a zstd frame with a dictionary');
  const end = await findFrameEnd(stored, frame.headerLength, frame.hasChecksum ? 4 : 0);
  if (end !== stored.size) throw new RangeError('more or less than one zstd frame in a block');
}

async function findFrameEnd(
  stored: Content,
  firstBlock: number,
  checksum: number,
): Promise<number> {
  for (let at = firstBlock; ; ) {
    if (at + ZSTD_BLOCK_HEADER > stored.size) throw new RangeError('a zstd frame that is cut off');
    const block = parseZstdBlockHeader(await readBytes(stored, at, ZSTD_BLOCK_HEADER));
    at += ZSTD_BLOCK_HEADER + block.stored;
    if (block.isLast) return at + checksum;
  }
}
