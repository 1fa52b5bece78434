import type { Content } from '../content.ts';
import { parentOf } from '../path-names.ts';
import { comparePaths } from '../path-text.ts';
import type { ImageNode } from './image-node.ts';

/** Where a tree goes. Paths are relative; parents come before their children. */
export interface TreeSink {
  directory(path: string): Promise<void>;
  file(path: string, mode: number, content: Content): Promise<void>;
  symlink(path: string, target: string): Promise<void>;
  hardlink(path: string, target: string): Promise<void>;
}

/** Writes nodes as files and directories, in an order that depends on their names alone. */
export async function writeTree(nodes: readonly ImageNode[], sink: TreeSink): Promise<void> {
  const made = new Set(['']);
  const makeDirectory = async (path: string): Promise<void> => {
    if (made.has(path)) return;
    await makeDirectory(parentOf(path));
    made.add(path);
    await sink.directory(path);
  };
  // A hard link's target may sort after it, so links are made when everything else is there.
  const links = nodes.filter(node => node.kind === 'hardlink');
  for (const node of [...nodes].sort((a, b) => comparePaths(a.path, b.path))) {
    if (node.kind === 'hardlink') continue;
    await makeDirectory(node.kind === 'directory' ? node.path : parentOf(node.path));
    if (node.kind === 'file') await sink.file(node.path, node.mode, node.content);
    if (node.kind === 'symlink') await sink.symlink(node.path, node.target);
  }
  for (const link of links) {
    await makeDirectory(parentOf(link.path));
    await sink.hardlink(link.path, link.target);
  }
}
