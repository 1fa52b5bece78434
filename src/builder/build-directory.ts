import type { Content } from '../content.ts';
import { comparePaths } from '../path-text.ts';
import { type ExtensionMetadata, extensionReleaseNode } from './extension-release.ts';
import type { ImageNode } from './image-node.ts';
import { assertSysextTree } from './sysext-rules.ts';

/** Where a directory image goes. Paths are relative; parents come before their children. */
export interface TreeSink {
  directory(path: string): Promise<void>;
  file(path: string, mode: number, content: Content): Promise<void>;
  symlink(path: string, target: string): Promise<void>;
  hardlink(path: string, target: string): Promise<void>;
}

/**
 * Writes an extension as a plain directory, systemd-sysext's other format. Owners and extended attributes are the
 * file system's business there: without root the files belong to whoever runs this.
 * @throws ToolError `not-convertible` for a tree that would harm a host
 */
export async function buildDirectory(
  nodes: readonly ImageNode[],
  extension: ExtensionMetadata,
  sink: TreeSink,
): Promise<void> {
  const all = [...nodes, extensionReleaseNode(extension, 0)];
  assertSysextTree(all, extension.name);
  const made = new Set(['']);
  const makeDirectory = async (path: string): Promise<void> => {
    if (made.has(path)) return;
    await makeDirectory(parentOf(path));
    made.add(path);
    await sink.directory(path);
  };
  // A hard link's target may sort after it, so links are made when everything else is there.
  const links = all.filter(node => node.kind === 'hardlink');
  for (const node of [...all].sort((a, b) => comparePaths(a.path, b.path))) {
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

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
