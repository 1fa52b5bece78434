import { ByteReader } from '../../bytes.ts';
import { ByteWriter } from './byte-writer.ts';
import { type MetadataRef, refFromU64, refToU64, SUPERBLOCK_SIZE } from './format.ts';

/** "hsqs" as a little-endian u32. */
const SQUASHFS_MAGIC = 0x7371_7368;
/** Offsets of the fields that errors point at. */
export const FIELD_OFFSETS = { blockSize: 12, compression: 20, rootInode: 32 } as const;
const NO_TABLE = 0xffff_ffff_ffff_ffffn;

/**
 * The first 96 bytes. Table positions are byte offsets in the image, null where the table is absent. A hostile
 * position above 2^53 loses its low bits here, but stays beyond the end of every image.
 */
export interface Superblock {
  readonly inodeCount: number;
  /** Seconds since the epoch. */
  readonly mtime: number;
  readonly blockSize: number;
  readonly fragmentCount: number;
  /** One of COMPRESSION_IDS, or unknown. */
  readonly compression: number;
  readonly blockLog: number;
  readonly flags: number;
  readonly idCount: number;
  readonly major: number;
  readonly minor: number;
  readonly rootInode: MetadataRef;
  /** End of the last table, before padding. */
  readonly bytesUsed: number;
  readonly idTable: number;
  readonly xattrTable: number | null;
  readonly inodeTable: number;
  readonly directoryTable: number;
  readonly fragmentTable: number | null;
  readonly exportTable: number | null;
}

export function superblockToBytes(record: Superblock): Uint8Array<ArrayBuffer> {
  return new ByteWriter(SUPERBLOCK_SIZE)
    .u32(SQUASHFS_MAGIC)
    .u32(record.inodeCount)
    .u32(record.mtime)
    .u32(record.blockSize)
    .u32(record.fragmentCount)
    .u16(record.compression)
    .u16(record.blockLog)
    .u16(record.flags)
    .u16(record.idCount)
    .u16(record.major)
    .u16(record.minor)
    .u64(refToU64(record.rootInode))
    .u64(record.bytesUsed)
    .u64(record.idTable)
    .u64(record.xattrTable ?? NO_TABLE)
    .u64(record.inodeTable)
    .u64(record.directoryTable)
    .u64(record.fragmentTable ?? NO_TABLE)
    .u64(record.exportTable ?? NO_TABLE)
    .toBytes();
}

/**
 * Reads the fields, judging none of them.
 * @throws RangeError when the magic is another one or `bytes` is shorter than a superblock
 */
export function parseSuperblock(bytes: Uint8Array): Superblock {
  const reader = new ByteReader(bytes);
  if (reader.u32() !== SQUASHFS_MAGIC) throw new RangeError('no SquashFS magic');
  return {
    inodeCount: reader.u32(),
    mtime: reader.u32(),
    blockSize: reader.u32(),
    fragmentCount: reader.u32(),
    compression: reader.u16(),
    blockLog: reader.u16(),
    flags: reader.u16(),
    idCount: reader.u16(),
    major: reader.u16(),
    minor: reader.u16(),
    rootInode: refFromU64(reader.u64()),
    bytesUsed: Number(reader.u64()),
    idTable: Number(reader.u64()),
    xattrTable: tablePosition(reader.u64()),
    inodeTable: Number(reader.u64()),
    directoryTable: Number(reader.u64()),
    fragmentTable: tablePosition(reader.u64()),
    exportTable: tablePosition(reader.u64()),
  };
}

function tablePosition(value: bigint): number | null {
  return value === NO_TABLE ? null : Number(value);
}
