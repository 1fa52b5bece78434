import { createHash } from 'node:crypto';
import type { FixEdit } from '../../finding.ts';
import { groupBy } from '../../group-by.ts';
import { largest } from '../../largest.ts';
import { pathBytes } from '../../path-text.ts';
import { applyEdits, type TextEdit } from '../../rewrite/text-edit.ts';
import type { Document } from './document.ts';
import type { LineChange } from './embedding.ts';

/** An edit of a document's text, and the documents for whose sake it is made. */
interface OwnedEdit extends TextEdit {
  readonly owners: ReadonlySet<Document>;
}

/**
 * The edits of a file that make the changes of all its documents. A document's edits belong together, and so do those
 * of documents that share a line or a base64 text: each document gets all that have to be applied with its own.
 */
export function fixEdits(
  root: Document,
  changes: ReadonlyMap<Document, readonly LineChange[]>,
): Map<Document, FixEdit[]> {
  const edits = editsOf(root, changes);
  const clusters = clusterByLine(root, edits);
  const result = new Map<Document, FixEdit[]>();
  for (const group of joinByOwner(clusters)) {
    const fixes = group
      .map(cluster => fixEdit(root, cluster))
      .sort((a, b) => a.startLine - b.startLine);
    for (const owner of new Set(group.flatMap(ownersOf))) result.set(owner, fixes);
  }
  return result;
}

function editsOf(
  document: Document,
  changes: ReadonlyMap<Document, readonly LineChange[]>,
): OwnedEdit[] {
  const { lines } = document;
  const own = (changes.get(document) ?? []).map(({ startLine, endLine, text }) => ({
    start: lines.start(startLine),
    end: lines.end(endLine),
    text,
    owners: new Set([document]),
  }));
  const inner = document.children.flatMap(child => outerEdits(child, changes));
  return [...own, ...inner].sort((a, b) => a.start - b.start);
}

/** What the changes within a child are in its parent's text. */
function outerEdits(
  child: Document,
  changes: ReadonlyMap<Document, readonly LineChange[]>,
): OwnedEdit[] {
  const edits = editsOf(child, changes);
  const { parent } = child;
  if (edits.length === 0 || !parent) return [];
  const clusters = clusterByLine(child, edits);
  const lineChanges = clusters.map(cluster => fixEdit(child, cluster));
  const encoded = parent.embedding.encode(lineChanges);
  if (!encoded) return [];
  const owners = new Set(edits.flatMap(edit => [...edit.owners]));
  const { hash } = parent;
  if (hash) {
    const value = newHash(hash.text, newContents(child, changes));
    if (value === undefined) return [];
    // The hash has to change with the contents, whichever of their edits is chosen.
    const all = [...encoded, { start: hash.start, end: hash.end, text: value }];
    return all.map(edit => ({ ...edit, owners }));
  }
  if (encoded.length !== clusters.length) return encoded.map(edit => ({ ...edit, owners }));
  return encoded.map((edit, index) => ({
    ...edit,
    owners: new Set(clusters[index]?.flatMap(one => [...one.owners])),
  }));
}

/** What the node will get, decoded. */
function newContents(
  document: Document,
  changes: ReadonlyMap<Document, readonly LineChange[]>,
): string {
  const [decoded] = document.children;
  if (document.kind === 'encoded' && decoded) return newContents(decoded, changes);
  return applyEdits(document.text, editsOf(document, changes));
}

function newHash(old: string, text: string): string | undefined {
  const algorithm = /^(sha256|sha512)-/.exec(old)?.[1];
  if (algorithm === undefined) return;
  return `${algorithm}-${createHash(algorithm).update(pathBytes(text)).digest('hex')}`;
}

/** Edits that touch the same line, together. */
function clusterByLine({ lines }: Document, edits: readonly OwnedEdit[]): OwnedEdit[][] {
  const clusters: OwnedEdit[][] = [];
  let lastLine = 0;
  for (const edit of edits) {
    const first = lines.lineAt(edit.start);
    const last = lastLineOf(edit, lines);
    if (first <= lastLine) clusters.at(-1)?.push(edit);
    else clusters.push([edit]);
    lastLine = Math.max(lastLine, last);
  }
  return clusters;
}

function lastLineOf({ start, end }: TextEdit, lines: Document['lines']): number {
  return lines.lineAt(Math.max(start, end - 1));
}

/** Clusters that have an owner in common, directly or by others, together. */
function joinByOwner(clusters: readonly OwnedEdit[][]): OwnedEdit[][][] {
  const leaders = new Map<Document, Document>();
  for (const cluster of clusters) {
    const [first, ...others] = ownersOf(cluster);
    if (!first) continue;
    const leader = leaderOf(first, leaders);
    for (const owner of others) leaders.set(leaderOf(owner, leaders), leader);
  }
  const groups = groupBy(clusters, cluster => {
    const [first] = ownersOf(cluster);
    return first && leaderOf(first, leaders);
  });
  return [...groups.values()];
}

function ownersOf(cluster: readonly OwnedEdit[]): Document[] {
  return cluster.flatMap(({ owners }) => [...owners]);
}

function leaderOf(owner: Document, leaders: ReadonlyMap<Document, Document>): Document {
  let leader = owner;
  for (let next = leaders.get(leader); next && next !== leader; next = leaders.get(leader)) {
    leader = next;
  }
  return leader;
}

function fixEdit({ text, lines }: Document, cluster: readonly TextEdit[]): FixEdit {
  const startLine = lines.lineAt(cluster[0]?.start ?? 0);
  const endLine = largest(
    cluster.map(edit => lastLineOf(edit, lines)),
    startLine,
  );
  const start = lines.start(startLine);
  const own = cluster.map(edit => ({ ...edit, start: edit.start - start, end: edit.end - start }));
  return { startLine, endLine, text: applyEdits(text.slice(start, lines.end(endLine)), own) };
}
