import { ToolError } from '../errors.ts';
import type { FileNodeMeta } from '../file-node.ts';
import { MAX_INFLATED_BYTES, MAX_METADATA_BYTES } from './archive-limits.ts';

/** What one member of an archive costs. */
export interface MemberCost extends Pick<FileNodeMeta, 'path' | 'xattrs'> {
  /** Of a link. */
  readonly target?: string;
}

/** Sums up what all members of an archive together cost. */
export class ArchiveBudget {
  #contentBytes = 0;
  #metadataBytes = 0;

  /**
   * @param size bytes of a file, holes included
   * @throws ToolError `archive-too-large`
   */
  spend(member: MemberCost, size: number): void {
    this.#contentBytes += size;
    this.#metadataBytes += metadataBytes(member);
    assertWithin('the contents with their holes', this.#contentBytes, MAX_INFLATED_BYTES);
    assertWithin('the names and attributes', this.#metadataBytes, MAX_METADATA_BYTES);
  }
}

/** What a Map's slot and an array's header take, roughly: thousands of empty attributes are not free. */
const XATTR_OVERHEAD = 64;

function metadataBytes({ path, target = '', xattrs }: MemberCost): number {
  let bytes = path.length + target.length;
  for (const [name, value] of xattrs) bytes += XATTR_OVERHEAD + name.length + value.length;
  return bytes;
}

function assertWithin(what: string, spent: number, limit: number): void {
  if (spent <= limit) return;
  throw new ToolError('archive-too-large', { what, limit });
}
