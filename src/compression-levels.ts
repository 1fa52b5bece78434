/** The compressors of images and their highest levels; the lowest is 1. */
export const HIGHEST_LEVELS = { zstd: 22, gzip: 9 } as const;
