import type { FileNode } from '../file-node.ts';

/**
 * One entry of an archive, past the door: its path is never empty, has no `.`, `..`, empty or over-long component, is
 * unique, and every parent directory has an entry of its own before it. A hard link's target exists.
 */
export type Entry = FileNode;
