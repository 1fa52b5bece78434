/**
 * Binary search in a sorted list: the index of the first item that is not before what is looked for, `length` when all
 * are.
 * @param isBefore true for the items up to that index, false from there on
 */
export function partitionPoint(length: number, isBefore: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
