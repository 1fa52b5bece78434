import { resolve } from 'node:path';
import { type AuditOptions, auditEntries } from '../analyze/audit/audit.ts';
import type { AuditEntry } from '../analyze/audit/audit-entry.ts';
import type { AuditResult } from '../analyze/audit/audit-result.ts';
import { mayMatter } from '../analyze/audit/may-matter.ts';
import { nodePathOf } from '../analyze/audit/node-path.ts';
import { ToolError } from '../errors.ts';
import type { FileStamp } from '../host/tree-file.ts';
import { type TreeEntry, walkTree } from '../host/walk-tree.ts';

export interface AuditedPaths {
  readonly paths: readonly string[];
  /** Another system's root directory, which the paths are below. */
  readonly root?: string;
}

/** A file that was judged. */
export interface AuditedFile {
  readonly path: string;
  readonly place: string;
  readonly diskPath: string;
  readonly stamp: FileStamp;
}

export interface PathAudit {
  readonly result: AuditResult;
  /** By their path as the findings have it. */
  readonly files: ReadonlyMap<string, AuditedFile>;
}

/**
 * Judges what is on disk.
 * @param edited contents that count instead of those of the files at these paths
 * @throws ToolError `path-missing`, `nothing-to-check`
 */
export async function auditPaths(
  paths: AuditedPaths,
  options: Omit<AuditOptions, 'roots'>,
  edited: ReadonlyMap<string, Uint8Array> = new Map(),
): Promise<PathAudit> {
  const files = new Map<string, AuditedFile>();
  let isEmpty = true;
  let passed = 0;
  const passOver = (place: string, bytes: Buffer) => {
    if (mayMatter(place, bytes)) return false;
    passed += 1;
    return true;
  };
  const walk = walkTree({ ...paths, passOver, linkRoot: place => copyRoot(place, paths) });
  async function* entries(): AsyncGenerator<AuditEntry> {
    for await (const entry of walk) {
      const { path, place, diskPath } = entry;
      isEmpty &&= entry.kind === 'directory';
      if (entry.kind === 'file') files.set(path, { path, place, diskPath, stamp: entry.stamp });
      yield auditEntry(entry, paths, edited);
    }
  }
  const result = await auditEntries(entries(), {
    ...options,
    roots: paths.paths,
    readContext,
  });
  if (isEmpty && passed === 0) throw new ToolError('nothing-to-check', { paths: paths.paths });
  return { result: { ...result, files: result.files + passed }, files };
}

function auditEntry(
  entry: TreeEntry,
  paths: AuditedPaths,
  edited: ReadonlyMap<string, Uint8Array>,
): AuditEntry {
  const { place, path } = entry;
  const nodePath = nodePathIn(place, paths);
  const bytes = entry.kind === 'file' ? edited.get(path) : undefined;
  const copy = place.slice(0, place.length - nodePath.length);
  const nodeRoot = paths.root === undefined ? copy : resolve(paths.root) + copy;
  const diskPath = paths.root === undefined ? path : entry.diskPath;
  return { ...entry, nodePath, nodeRoot, diskPath, ...(bytes && { bytes }) };
}

/** What is there of `nodePaths`, below a node's own root; links lead nowhere out of it. */
async function* readContext(
  nodeRoot: string,
  nodePaths: readonly string[],
): AsyncGenerator<AuditEntry> {
  const root = nodeRoot === '' ? '/' : nodeRoot;
  const walk = walkTree({ paths: nodePaths, root, mayBeAbsent: true, linkRoot: () => '/' });
  for await (const entry of walk) yield { ...entry, nodePath: entry.place, nodeRoot };
}

/** With a root the paths are the node's own; without one a tree may be the node's, or a copy of it anywhere. */
function nodePathIn(place: string, { root }: AuditedPaths): string {
  return root === undefined ? nodePathOf(place) : place;
}

/** The directory of which a tree is a copy: what stands before the path that a node would have. */
function copyRoot(place: string, paths: AuditedPaths): string {
  const nodePath = nodePathIn(place, paths);
  return place.slice(0, place.length - nodePath.length) || '/';
}
