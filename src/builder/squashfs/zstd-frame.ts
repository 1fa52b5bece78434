import { ByteReader } from '../../bytes.ts';

/** The header of a zstd frame (RFC 8878, section 3.1.1.1). Sizes in bytes. */
export interface ZstdFrame {
  readonly singleSegment: boolean;
  /** What a decoder must be ready to keep in memory. */
  readonly windowSize: number;
  /** Undefined when the frame does not tell. */
  readonly contentSize: number | undefined;
  readonly dictionaryId: number;
  readonly hasChecksum: boolean;
  /** Bytes of the header itself: here the frame's first block begins. */
  readonly headerLength: number;
}

/** No header is longer. */
export const MAX_ZSTD_HEADER = 18;

export const ZSTD_BLOCK_HEADER = 3;

const ZSTD_MAGIC = 0xfd2f_b528;
const DICTIONARY_ID_LENGTHS = [0, 1, 2, 4] as const;
const CONTENT_SIZE_LENGTHS = [0, 2, 4, 8] as const;

/** @throws RangeError when `bytes` do not start with a whole frame header */
export function parseZstdFrame(bytes: Uint8Array): ZstdFrame {
  const reader = new ByteReader(bytes);
  if (reader.u32() !== ZSTD_MAGIC) throw new RangeError('no zstd frame');
  const descriptor = reader.u8();
  const singleSegment = (descriptor & 0x20) !== 0;
  const declaredWindow = singleSegment ? undefined : windowSize(reader.u8());
  const dictionaryId = littleEndian(reader, DICTIONARY_ID_LENGTHS[descriptor & 3] ?? 0);
  const contentSize = readContentSize(reader, descriptor >> 6, singleSegment);
  return {
    singleSegment,
    windowSize: declaredWindow ?? contentSize ?? 0,
    contentSize,
    dictionaryId,
    hasChecksum: (descriptor & 4) !== 0,
    headerLength: reader.offset,
  };
}

/** The three bytes in front of a block inside a frame: how long its stored form is, and whether it is the last. */
export function parseZstdBlockHeader(bytes: Uint8Array): { stored: number; isLast: boolean } {
  const header = littleEndian(new ByteReader(bytes), ZSTD_BLOCK_HEADER);
  const isRunLength = ((header >> 1) & 3) === 1;
  return { stored: isRunLength ? 1 : header >> 3, isLast: (header & 1) === 1 };
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

/** The two-byte form counts from 256, and the shortest exists only where the window is the content. */
function readContentSize(
  reader: ByteReader,
  code: number,
  singleSegment: boolean,
): number | undefined {
  if (code === 0) return singleSegment ? reader.u8() : undefined;
  const size = littleEndian(reader, CONTENT_SIZE_LENGTHS[code] ?? 0);
  return code === 1 ? size + 256 : size;
}

function littleEndian(reader: ByteReader, length: number): number {
  let value = 0;
  for (let index = 0; index < length; index += 1) value += reader.u8() * 2 ** (8 * index);
  return value;
}
