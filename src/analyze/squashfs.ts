import { openImage } from '../builder/squashfs/read-image.ts';
import type { Content } from '../content.ts';
import { assertSymlinkTarget, entryPath } from './entry-path.ts';
import type { ArchiveMember } from './entry-table.ts';

export interface SquashfsContents {
  readonly members: readonly ArchiveMember[];
  /** Bytes of all files, expanded. */
  readonly size: number;
}

/**
 * Reads the tree of a SquashFS image, Torcx's other format. Contents are expanded when they are asked for.
 * @param path names the image in errors
 */
export async function readSquashfs(image: Content, path: string): Promise<SquashfsContents> {
  const members: ArchiveMember[] = [];
  let size = 0;
  const { entries } = await openImage(image, path);
  for await (const node of entries()) {
    if (node.path === '') continue;
    const member = { ...node, path: entryPath(node.path) };
    if (member.kind === 'symlink') assertSymlinkTarget(member.path, member.target);
    if (member.kind === 'file') size += member.content.size;
    members.push(member);
  }
  return { members, size };
}
