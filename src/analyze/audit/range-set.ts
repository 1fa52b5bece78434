import { partitionPoint } from '../../partition-point.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Ranges of a text, to ask whether an offset lies in one of them. */
export class RangeSet {
  /** In order, and none overlaps another. */
  readonly #ranges: Range[] = [];

  constructor(ranges: Iterable<Range>) {
    for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
      const last = this.#ranges.at(-1);
      if (!last || last.end <= start) this.#ranges.push({ start, end });
      else if (last.end < end) this.#ranges.splice(-1, 1, { start: last.start, end });
    }
  }

  has(offset: number): boolean {
    return this.overlaps(offset, offset + 1);
  }

  overlaps(start: number, end: number): boolean {
    const ranges = this.#ranges;
    const first = partitionPoint(ranges.length, index => (ranges[index]?.end ?? 0) <= start);
    return (ranges[first]?.start ?? Number.POSITIVE_INFINITY) < end;
  }
}
