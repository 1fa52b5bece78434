import { createHash } from 'node:crypto';
import { type Content, rangeContent, streamContent } from '../content.ts';
import { groupBy } from '../group-by.ts';
import type { Entry } from './entry.ts';

/** Files of the same content under several names that are no hard links of each other. */
export interface DuplicateGroup {
  /** Bytes of one of them. */
  readonly size: number;
  /** In the order of the entries; at least two. */
  readonly paths: readonly string[];
}

/**
 * Finds copies. Only files whose sizes are equal are read; empty ones cost nothing and are passed over. Of a sparse file
 * its holes are hashed as places and lengths: a few bytes of an archive can claim exbibytes of them.
 */
export async function duplicateFiles(entries: Iterable<Entry>): Promise<DuplicateGroup[]> {
  const groups: DuplicateGroup[] = [];
  for (const files of sameSize(entries)) {
    const digests = new Map<FileEntry, string>();
    for (const file of files) digests.set(file, await digestOf(file.content));
    for (const copies of groupBy(files, file => digests.get(file)).values()) {
      const [first] = copies;
      if (!first || copies.length === 1) continue;
      groups.push({ size: first.content.size, paths: copies.map(({ path }) => path) });
    }
  }
  return groups;
}

type FileEntry = Extract<Entry, { kind: 'file' }>;

function sameSize(entries: Iterable<Entry>): FileEntry[][] {
  const files = [...entries].filter(entry => entry.kind === 'file');
  const notEmpty = files.filter(({ content }) => content.size > 0);
  const bySize = groupBy(notEmpty, ({ content }) => content.size);
  return [...bySize.values()].filter(files => files.length > 1);
}

async function digestOf(content: Content): Promise<string> {
  const hash = createHash('sha256');
  for (const { offset, length } of content.dataRanges ?? [{ offset: 0, length: content.size }]) {
    // Without the ranges, a file with a hole would equal one that has its parts side by side.
    if (content.dataRanges) hash.update(`${offset} ${length} `);
    for await (const chunk of streamContent(rangeContent(content, offset, length)))
      hash.update(chunk);
  }
  return hash.digest('hex');
}
