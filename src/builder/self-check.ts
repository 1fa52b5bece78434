import type { Content } from '../content.ts';
import { extensionReleasePath } from '../extension-release-path.ts';
import { compareContent, differs, readWritten } from './compare-content.ts';
import { type ExtensionMetadata, extensionReleaseText } from './extension-release.ts';
import type { ImageNode } from './image-node.ts';
import { checkImage } from './squashfs/check-image.ts';
import { openImage } from './squashfs/read-image.ts';

interface SelfCheck {
  readonly image: Content;
  /** What was to be written, the extension-release file included. */
  readonly nodes: readonly ImageNode[];
  readonly extension: ExtensionMetadata;
  /** Decompress and compare every file. */
  readonly verify: boolean;
}

/**
 * Opens a finished image as a stranger would and compares it with what was to be written. A node whose extensions
 * include one broken image loses all of them, so nothing unproven may get its final name.
 * @throws ToolError `self-check-failed`
 */
export async function selfCheck({ image, nodes, extension, verify }: SelfCheck): Promise<void> {
  await checkImage(image);
  const expected = new Map(nodes.map(node => [node.path, node]));
  const releasePath = extensionReleasePath(extension.name);
  let release: string | undefined;
  const missing = new Set(expected.keys());
  missing.delete('');
  const reader = await openImage(image);
  for await (const found of reader.entries()) {
    const wanted = expected.get(found.path);
    missing.delete(found.path);
    if (!wanted) {
      // Parents that nobody named are the writer's own.
      if (found.kind !== 'directory') throw differs(found.path, 'nobody asked for it');
      continue;
    }
    compareMeta(wanted, found);
    if (found.kind !== 'file') continue;
    if (found.path === releasePath) {
      const bytes = await readWritten(found.path, found.content, {
        offset: 0,
        length: found.content.size,
      });
      release = new TextDecoder().decode(bytes);
    }
    const source = verify ? contentOf(wanted, expected) : undefined;
    if (source) await compareContent(found.path, source, found.content);
  }
  for (const path of missing) throw differs(path, 'it is missing');
  if (release !== extensionReleaseText(extension))
    throw differs(releasePath, 'it reads differently');
}

function compareMeta(wanted: ImageNode, found: ImageNode): void {
  const linked = wanted.kind === 'hardlink' || found.kind === 'hardlink';
  if (!linked && wanted.kind !== found.kind) {
    throw differs(found.path, `it is a ${found.kind}, not a ${wanted.kind}`);
  }
  if (linked) return;
  for (const key of ['mode', 'uid', 'gid', 'mtime'] as const) {
    if (wanted[key] !== found[key])
      throw differs(found.path, `${key} is ${found[key]}, not ${wanted[key]}`);
  }
  if (wanted.kind === 'symlink' && found.kind === 'symlink' && wanted.target !== found.target) {
    throw differs(found.path, 'its target differs');
  }
  if (
    wanted.kind === 'file' &&
    found.kind === 'file' &&
    wanted.content.size !== found.content.size
  ) {
    throw differs(found.path, `it has ${found.content.size} bytes, not ${wanted.content.size}`);
  }
  if (!haveSameAttributes(wanted, found))
    throw differs(found.path, 'its extended attributes differ');
}

function haveSameAttributes({ xattrs: wanted }: ImageNode, { xattrs: found }: ImageNode): boolean {
  if (wanted.size !== found.size) return false;
  for (const [name, value] of wanted) {
    const other = found.get(name);
    if (!other || Buffer.compare(value, other) !== 0) return false;
  }
  return true;
}

/** Which name of a hard-linked file holds the content is the reader's choice, not the tree's. */
function contentOf(node: ImageNode, tree: ReadonlyMap<string, ImageNode>): Content | undefined {
  const target = node.kind === 'hardlink' ? tree.get(node.target) : node;
  return target?.kind === 'file' ? target.content : undefined;
}
