import type { FileNode } from '../file-node.ts';

/** One node of the tree that becomes an image. The empty path is the root directory; parents may be left out. */
export type ImageNode = FileNode;
