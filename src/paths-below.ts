import { comparePaths } from './path-text.ts';

/**
 * The paths that lie in `directory`, at any depth. Costs no more than they do: an image may have as many directories as
 * it has files, and a text may refer to each of them.
 * @param sorted by their bytes
 */
export function* pathsBelow(
  sorted: readonly string[],
  directory: string,
): Generator<string, void, undefined> {
  const start = `${directory}/`;
  for (let index = lowerBound(sorted, start); index < sorted.length; index += 1) {
    const path = sorted[index];
    if (path === undefined || !path.startsWith(start)) return;
    yield path;
  }
}

/** Index of the first path that does not come before `wanted`. */
function lowerBound(sorted: readonly string[], wanted: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comparePaths(sorted[middle] ?? '', wanted) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
