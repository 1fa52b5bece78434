import { partitionPoint } from './partition-point.ts';
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
  const first = partitionPoint(sorted.length, at => comparePaths(sorted[at] ?? '', start) < 0);
  for (let index = first; index < sorted.length; index += 1) {
    const path = sorted[index];
    if (path === undefined || !path.startsWith(start)) return;
    yield path;
  }
}
