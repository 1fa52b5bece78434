/**
 * Stands before the path of what a conversion makes, where paths of the archive are expected: no entry's path begins
 * with a slash.
 */
export const ADDED = '/added';

/** The path by which people know it. */
export function withoutAdded(path: string): string {
  return path.startsWith(`${ADDED}/`) ? path.slice(ADDED.length + 1) : path;
}
