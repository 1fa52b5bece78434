import { createHash } from 'node:crypto';
import type { Content } from '../../content.ts';
import { groupBy } from '../../group-by.ts';
import { isZero } from './block-codec.js';
import { dataRuns } from './data-runs.ts';
import type { FileLeaf } from './tree.ts';

/**
 * The files whose content an earlier one has, too, with that one. Only files of equal size are read, and none that is
 * smaller than a block: those are fragments, which the data writer compares on its way.
 */
export async function findDuplicates(
  files: readonly FileLeaf[],
  blockSize: number,
): Promise<ReadonlyMap<FileLeaf, FileLeaf>> {
  const duplicates = new Map<FileLeaf, FileLeaf>();
  for (const group of groupBySize(files, blockSize)) {
    const firstByDigest = new Map<string, FileLeaf>();
    for (const file of group) {
      const digest = await digestContent(file.node.content, blockSize);
      const first = firstByDigest.get(digest);
      if (first) duplicates.set(file, first);
      else firstByDigest.set(digest, file);
    }
  }
  return duplicates;
}

function groupBySize(files: readonly FileLeaf[], blockSize: number): FileLeaf[][] {
  const large = files.filter(({ node }) => node.content.size >= blockSize);
  const groups = groupBy(large, ({ node }) => node.content.size);
  return [...groups.values()].filter(group => group.length > 1);
}

/** SHA-256 of the blocks that are not zero and their numbers: equal for a hole and for zeros that were written out. */
async function digestContent(content: Content, blockSize: number): Promise<string> {
  const hash = createHash('sha256');
  const buffer = new Uint8Array(blockSize);
  const number = new DataView(new ArrayBuffer(8));
  for (const { first, count } of dataRuns(
    content,
    blockSize,
    Math.ceil(content.size / blockSize),
  )) {
    for (let index = first; index < first + count; index += 1) {
      const offset = index * blockSize;
      const block = buffer.subarray(0, Math.min(blockSize, content.size - offset));
      await content.readInto(block, offset);
      if (isZero(block)) continue;
      number.setBigUint64(0, BigInt(index), true);
      hash.update(number).update(block);
    }
  }
  return hash.digest('base64');
}
