import { resolve } from 'node:path';
import { type AuditOptions, auditEntries } from '../analyze/audit/audit.ts';
import type { AuditEntry } from '../analyze/audit/audit-entry.ts';
import type { AuditResult } from '../analyze/audit/audit-result.ts';
import { mattersByPlace, mayMatter } from '../analyze/audit/may-matter.ts';
import { nodePathOf } from '../analyze/audit/node-path.ts';
import { ToolError } from '../errors.ts';
import type { FileStamp } from '../host/file-stamp.ts';
import { readInRoot } from '../host/read-in-root.ts';
import { type TreeEntry, type TreePlace, walkTree } from '../host/walk-tree.ts';

export interface AuditedPaths {
  readonly paths: readonly string[];
  /** Another system's root directory, which the paths are below. */
  readonly root?: string;
  /** What is not there, or has no files, is clean: fixes may have removed them all. */
  readonly mayBeAbsent?: boolean;
  /** Told now and then how many files have been read. */
  readonly onProgress?: (files: number) => void;
}

/** A file or link that was judged. */
export type AuditedFile = TreePlace &
  (
    | { readonly kind: 'file'; readonly stamp: FileStamp; readonly mode: number }
    | { readonly kind: 'symlink'; readonly target: string }
  );

/** By their path: contents that count instead of those on disk, or that the file is gone. */
export type Edited = ReadonlyMap<string, Uint8Array | 'removed'>;

export interface PathAudit {
  readonly result: AuditResult;
  /** By their path as the findings have it. */
  readonly files: ReadonlyMap<string, AuditedFile>;
}

/**
 * Judges what is on disk.
 * @throws ToolError `path-missing`, `nothing-to-check`
 */
export async function auditPaths(
  paths: AuditedPaths,
  options: Omit<AuditOptions, 'roots'>,
  edited: Edited = new Map(),
): Promise<PathAudit> {
  const files = new Map<string, AuditedFile>();
  let isEmpty = true;
  let passed = 0;
  const walk = walkTree({
    ...paths,
    screen: {
      isMeantDirectory: place => mattersByPlace(nodePathIn(place, paths)),
      isMeantName: mattersByPlace,
      mayMatter,
    },
    onPassed(count) {
      passed += count;
      paths.onProgress?.(passed + files.size);
    },
    linkRoot: place => copyRoot(place, paths),
  });
  async function* entries(): AsyncGenerator<AuditEntry> {
    for await (const entry of walk) {
      const { path, place, diskPath } = entry;
      isEmpty &&= entry.kind === 'directory';
      const common = { path, place, diskPath };
      if (entry.kind === 'file') {
        const { kind, stamp, mode } = entry;
        files.set(path, { ...common, kind, stamp, mode });
      }
      if (entry.kind === 'symlink') {
        const { kind, target } = entry;
        files.set(path, { ...common, kind, target });
      }
      const change = edited.get(path);
      if (change === 'removed') continue;
      const found = auditEntry(entry, paths, change);
      yield EXTENSION_IMAGE.test(found.nodePath) ? await withReleases(found) : found;
    }
  }
  const result = await auditEntries(entries(), {
    ...options,
    roots: paths.paths,
    readContext,
  });
  if (isEmpty && passed === 0 && !paths.mayBeAbsent)
    throw new ToolError('nothing-to-check', { paths: paths.paths });
  return { result: { ...result, files: result.files + passed }, files };
}

function auditEntry(
  entry: TreeEntry,
  paths: AuditedPaths,
  edited: Uint8Array | undefined,
): AuditEntry {
  const { place, path } = entry;
  const nodePath = nodePathIn(place, paths);
  const copy = place.slice(0, place.length - nodePath.length);
  const nodeRoot = paths.root === undefined ? copy : resolve(paths.root) + copy;
  const diskPath = paths.root === undefined ? path : entry.diskPath;
  const common = { ...entry, nodePath, nodeRoot, diskPath };
  return common.kind === 'file' && edited ? { ...common, bytes: edited } : common;
}

const EXTENSION_IMAGE = /^\/(?:etc|run|var\/lib)\/extensions\/[^/]+\.raw$/;

/** Looks into the image of an extension, which is more than its first bytes. */
async function withReleases(entry: AuditEntry): Promise<AuditEntry> {
  if (entry.kind !== 'file' && entry.kind !== 'symlink') return entry;
  // Only few trees have an image; the others need no reader of SquashFS.
  const { extensionReleases } = await import('../analyze/extension-releases.ts');
  const releases = await readInRoot(entry.nodeRoot || '/', entry.nodePath, extensionReleases);
  return releases ? { ...entry, extensionReleases: releases } : entry;
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
