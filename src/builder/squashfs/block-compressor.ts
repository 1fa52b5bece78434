import type { HIGHEST_LEVELS } from '../../compression-levels.ts';

export interface Compression {
  readonly name: keyof typeof HIGHEST_LEVELS;
  /** 1…{@link HIGHEST_LEVELS} */
  readonly level: number;
}

/** Blocks that lie back to back at the start of `buffer`, each at most a block size long. */
export interface Batch {
  readonly buffer: ArrayBuffer;
  readonly lengths: Uint32Array;
}

/** What is to be stored: the first `length` bytes of `buffer`, and one block word for each block of the batch. */
export interface PackedBatch {
  readonly buffer: ArrayBuffer;
  readonly words: Uint32Array;
  readonly length: number;
}

export interface BlockCompressor {
  /** Takes `batch.buffer` away (it is detached) and gives it back, filled, with the result. */
  pack(batch: Batch): Promise<PackedBatch>;
  /** Ends all threads; what is still being packed is abandoned. */
  close(): Promise<void>;
}
