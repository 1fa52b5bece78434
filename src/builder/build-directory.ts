import { type ExtensionMetadata, extensionReleaseNode } from './extension-release.ts';
import type { ImageNode } from './image-node.ts';
import { assertSysextTree } from './sysext-rules.ts';
import { type TreeSink, writeTree } from './write-tree.ts';

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
  await writeTree(all, sink);
}
