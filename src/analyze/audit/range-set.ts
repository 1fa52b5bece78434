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
    let low = 0;
    let high = this.#ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ranges[middle]?.end ?? 0) <= start) low = middle + 1;
      else high = middle;
    }
    return (this.#ranges[low]?.start ?? Number.POSITIVE_INFINITY) < end;
  }
}
