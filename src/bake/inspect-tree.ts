import type { Entry } from '../analyze/entry.ts';
import { entriesOf } from '../analyze/entry-table.ts';
import { inspectEntries } from '../analyze/inspect.ts';
import { readBytes } from '../content.ts';
import { extensionReleasePath } from '../extension-release-path.ts';
import type { FileNode } from '../file-node.ts';
import { type Finding, finding } from '../finding.ts';
import type { TreeContents } from './plan-tree.ts';
import { isMerged } from './tree-steps.ts';

/** A tree as it was found, and what its files say. */
export interface InspectedTree extends TreeContents {
  /** About the tree as such. */
  readonly findings: readonly Finding[];
  /** Bytes of all files, hard links once. */
  readonly size: number;
}

/** Larger than any file of that kind: what is not read is not a match either. */
const MOST_RELEASE_BYTES = 1 << 16;

/**
 * Looks into the files that may get into the extension.
 * @param name of the extension
 */
export async function inspectTree(
  {
    nodes,
    hasAttributes,
  }: { readonly nodes: readonly FileNode[]; readonly hasAttributes: boolean },
  name: string,
): Promise<InspectedTree> {
  const all = entriesOf(nodes);
  const entries = new Map(all.map(entry => [entry.path, entry]));
  const { facts } = await inspectEntries(all.filter(mayMatter(all)));
  const releaseText = await readText(entries.get(extensionReleasePath(name)), entries);
  return {
    inspection: { entries, facts, manifest: undefined },
    ...(releaseText !== undefined && { releaseText }),
    findings: hasAttributes ? [] : [ATTRIBUTES_UNREAD],
    size: all.reduce((sum, entry) => sum + (entry.kind === 'file' ? entry.content.size : 0), 0),
  };
}

const ATTRIBUTES_UNREAD = finding('TX605', {
  severity: 'warning',
  message:
    'extended attributes could not be read, because there is no getfattr: file capabilities are missing in the extension, if there were any',
  fix: { safety: 'manual', description: 'install the package attr, and bake again' },
});

/** What lies elsewhere only matters as a file that has a name in the extension too. */
function mayMatter(entries: readonly Entry[]): (entry: Entry) => boolean {
  const linked = new Set(
    entries.flatMap(entry =>
      entry.kind === 'hardlink' && isMerged(entry.path) ? [entry.target] : [],
    ),
  );
  return ({ path }) => isMerged(path) || linked.has(path);
}

async function readText(
  entry: Entry | undefined,
  entries: ReadonlyMap<string, Entry>,
): Promise<string | undefined> {
  const file = entry?.kind === 'hardlink' ? entries.get(entry.target) : entry;
  if (file?.kind !== 'file' || file.content.size > MOST_RELEASE_BYTES) return undefined;
  return new TextDecoder().decode(await readBytes(file.content));
}
