import { partitionPoint } from '../../partition-point.ts';
/** Ranges of a text that do not overlap, to ask which of them an offset lies in. */
export class RangeSet {
  readonly #ranges: readonly { readonly start: number; readonly end: number }[];

  constructor(ranges: Iterable<{ readonly start: number; readonly end: number }>) {
    this.#ranges = [...ranges].sort((a, b) => a.start - b.start);
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
