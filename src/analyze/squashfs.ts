import { openImage } from '../builder/squashfs/read-image.ts';
import type { Content } from '../content.ts';
import { ToolError } from '../errors.ts';
import { ArchiveBudget } from './archive-budget.ts';
import { INFLATION_ALLOWANCE, MAX_ENTRIES, MAX_INFLATION_RATIO } from './archive-limits.ts';
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
 * @throws ToolError `archive-too-large`, `unsafe-entry`, and what {@link openImage} throws
 */
export async function readSquashfs(image: Content, path: string): Promise<SquashfsContents> {
  const members: ArchiveMember[] = [];
  const budget = new ArchiveBudget();
  let size = 0;
  let storedBytes = 0;
  const { entries } = await openImage(image, path);
  for await (const node of entries()) {
    if (node.path === '') continue;
    const member = { ...node, path: entryPath(node.path) };
    if (member.kind === 'symlink') assertSymlinkTarget(member.path, member.target);
    const content = member.kind === 'file' ? member.content : undefined;
    size += content?.size ?? 0;
    storedBytes += content ? bytesWithoutHoles(content) : 0;
    budget.spend(member, content?.size ?? 0);
    assertInflation(storedBytes, image.size);
    members.push(member);
    if (members.length > MAX_ENTRIES) throw tooLarge('the number of entries', `${MAX_ENTRIES}`);
  }
  return { members, size };
}

function bytesWithoutHoles({ size, dataRanges }: Content): number {
  return dataRanges ? dataRanges.reduce((sum, { length }) => sum + length, 0) : size;
}

/** Any number of files may share their blocks, and blocks of zeros may be stored as such. */
function assertInflation(bytes: number, compressed: number): void {
  if (bytes <= Math.max(INFLATION_ALLOWANCE, compressed * MAX_INFLATION_RATIO)) return;
  throw tooLarge('the content of the image', `${MAX_INFLATION_RATIO} times its compressed size`);
}

function tooLarge(what: string, limit: string): ToolError {
  return new ToolError('archive-too-large', { what, limit });
}
