/**
 * The numbers of SquashFS 4.0 that every part needs. Source: `fs/squashfs/squashfs_fs.h` of Linux and
 * `doc/format.adoc` of squashfs-tools-ng. All fields are little-endian.
 */

export const SUPERBLOCK_SIZE = 96;
/** What a metadata block holds, before compression. */
export const METADATA_BLOCK_SIZE = 8192;
export const MIN_BLOCK_SIZE = 4096;
export const MAX_BLOCK_SIZE = 1 << 20;
/** The image is padded to this, for loop devices and dm-verity with 4 KiB sectors. */
export const IMAGE_ALIGNMENT = 4096;

/** "No fragment" and "no extended attributes" in an inode. */
export const NONE = 0xffff_ffff;
/** The id table's index is a u16, and so is its count. */
export const MAX_IDS = 0xffff;
export const MAX_NAME_LENGTH = 255;
/** Kernel and tools agree on targets up to here; 4096 and more fail in one or the other. */
export const MAX_SYMLINK_LENGTH = 4095;

export const COMPRESSION_IDS = { gzip: 1, lzma: 2, lzo: 3, xz: 4, lz4: 5, zstd: 6 } as const;
export type CompressionName = keyof typeof COMPRESSION_IDS;

export const FLAGS = {
  alwaysFragments: 0x20,
  deduplicated: 0x40,
  exportable: 0x80,
  noXattrs: 0x200,
  compressorOptions: 0x400,
} as const;

const RAW_BLOCK = 1 << 24;
const RAW_METADATA = 0x8000;

/** A place in a table of metadata blocks: the block's offset from the table's start, and one inside it (unpacked). */
export interface MetadataRef {
  readonly block: number;
  readonly offset: number;
}

/** As the format has it in 64 bits: the block in those from 16 on, the offset in bits 0…15. */
export function refToU64(ref: MetadataRef): bigint {
  return (BigInt(ref.block) << 16n) | BigInt(ref.offset);
}

export function refFromU64(value: bigint): MetadataRef {
  return { block: Number(value >> 16n), offset: Number(value & 0xffffn) };
}

/** How a data or fragment block is stored. `size` 0 is a hole: a block of zeros that takes no space. */
export interface StoredBlock {
  readonly size: number;
  readonly raw: boolean;
}

/**
 * Takes a block word apart; block-codec.js makes them, where the blocks are compressed. Bits 25…31 have no meaning and
 * must be 0: they count into the size, so that the bounds check refuses them.
 */
export function parseBlockWord(word: number): StoredBlock {
  return { size: (word & ~RAW_BLOCK) >>> 0, raw: (word & RAW_BLOCK) !== 0 };
}

/** The u16 before a metadata block: its size in bytes, and bit 15 for a block that is not compressed. */
export function metadataHeader(stored: StoredBlock): number {
  return stored.raw ? stored.size | RAW_METADATA : stored.size;
}

export function parseMetadataHeader(header: number): StoredBlock {
  return { size: header & ~RAW_METADATA, raw: (header & RAW_METADATA) !== 0 };
}
