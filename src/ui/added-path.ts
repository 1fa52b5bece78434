/**
 * Stands before the path of what a conversion makes, where paths of the archive are expected: no entry's path begins
 * with a slash.
 */
export const ADDED = '/added';
