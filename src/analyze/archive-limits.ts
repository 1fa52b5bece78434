/**
 * What an archive may cost. The largest Torcx image ever published has some 3,000 entries and 250 MB; each limit
 * is far beyond that, and its comment tells the attack that it stops.
 */

const KIB = 2 ** 10;
const MIB = 2 ** 20;
const GIB = 2 ** 30;

/**
 * Bytes of an inflated archive, and bytes of all file contents with their holes. A gzip bomb would fill the disk;
 * a sparse file of 8 EiB takes 1 KiB in an archive, yet the image's block list has 4 bytes for each 128 KiB of it.
 */
export const MAX_INFLATED_BYTES = 64 * GIB;

/**
 * How many times the size of its input a gzip stream may inflate to, once it has passed the free allowance.
 * Images reach 2 to 10; deflate's maximum, 1032, is only reached by bombs.
 */
export const MAX_INFLATION_RATIO = 250;
export const INFLATION_ALLOWANCE = GIB;

/** Each gzip member costs a decompressor, and 20 bytes of input are enough for an empty one. */
export const MAX_GZIP_MEMBERS = 100_000;

/**
 * Each entry takes some 6 KiB of memory until its row of the report is written; 15 bytes of gzip are enough for one.
 */
export const MAX_ENTRIES = 100_000;

/**
 * Bytes of one entry's extended headers, long names and sparse map, which have to be in memory as a whole: a
 * header may announce any size for them.
 */
export const MAX_HEADER_BYTES = MIB;

/** Global PAX records apply to every entry that follows, so their number multiplies with that of the entries. */
export const MAX_GLOBAL_RECORDS = 64;

/**
 * Bytes of names, link targets and attributes of all entries, which stay in memory. Every stage looks up paths by all
 * their directories, so that long ones also cost time.
 */
export const MAX_METADATA_BYTES = 32 * MIB;

/** Pieces of one sparse file: every access to its content looks for the pieces that it touches. */
export const MAX_SPARSE_PIECES = 2 ** 16;

/** PATH_MAX of Linux without its NUL: a longer path or link target could not be used on the node. */
export const MAX_PATH_BYTES = 4095;

/** NAME_MAX of Linux, one less than what SquashFS can store. */
export const MAX_COMPONENT_BYTES = 255;

/** Each level becomes a directory, and 2 bytes of a name are enough for one. */
export const MAX_DEPTH = 256;

/** XATTR_NAME_MAX and XATTR_SIZE_MAX of Linux: getxattr(2) could not return more. */
export const MAX_XATTR_NAME_BYTES = 255;
export const MAX_XATTR_VALUE_BYTES = 64 * KIB;

/**
 * Bytes of all texts that may have to be rewritten, each counted as at least {@link MIN_TEXT_COST}: they are kept, and
 * the rewritten text and the difference with them.
 */
export const MAX_TEXTS_BYTES = 16 * MIB;
export const MIN_TEXT_COST = KIB;

/** Libraries that all programs together need: each is looked for in every directory of the program's search path. */
export const MAX_NEEDED_LIBRARIES = 2 ** 18;
