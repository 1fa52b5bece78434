import type { Content } from '../../content.ts';

/** `count` consecutive blocks from the block `first`. */
export interface BlockRun {
  readonly first: number;
  readonly count: number;
}

/**
 * The blocks below `end` that may hold something else than zeros, ascending and disjoint. What lies in the known
 * holes of a sparse file is never read: terabytes of hole cost nothing.
 */
export function* dataRuns(
  { size, dataRanges }: Content,
  blockSize: number,
  end: number,
): Generator<BlockRun, void, undefined> {
  let next = 0;
  for (const { offset, length } of dataRanges ?? [{ offset: 0, length: size }]) {
    const first = Math.max(next, Math.floor(offset / blockSize));
    const last = Math.min(end, Math.ceil((offset + length) / blockSize));
    if (first >= last) continue;
    yield { first, count: last - first };
    next = last;
  }
}
