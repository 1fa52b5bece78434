import { type AuditOptions, auditEntries } from '../../src/analyze/audit/audit.ts';
import type { AuditEntry } from '../../src/analyze/audit/audit-entry.ts';
import type { AuditResult } from '../../src/analyze/audit/audit-result.ts';
import type { ExtensionRelease } from '../../src/analyze/extension-releases.ts';
import { pathBytes } from '../../src/path-text.ts';

/** What is at a path: a text, bytes, a link, a directory, or an image with what is known of it. */
export type NodeFile =
  | string
  | Uint8Array
  | {
      readonly link?: string;
      readonly directory?: true;
      readonly releases?: readonly ExtensionRelease[];
    };

/** Paths of a node and what is there. */
export type NodeFiles = Readonly<Record<string, NodeFile>>;

/** Audits files that are on no disk. */
export function auditFiles(
  files: NodeFiles,
  options: Partial<AuditOptions> = {},
): Promise<AuditResult> {
  return auditEntries(entries(files), {
    roots: ['/'],
    targetVersion: '3794.0.0',
    useIgnores: true,
    ...options,
  });
}

async function* entries(files: NodeFiles): AsyncGenerator<AuditEntry> {
  for (const [path, content] of Object.entries(files)) yield entry(path, content);
}

function entry(path: string, content: NodeFile): AuditEntry {
  const place = { path, nodePath: path, diskPath: path, nodeRoot: '' };
  if (typeof content === 'string' || content instanceof Uint8Array) {
    const bytes = typeof content === 'string' ? pathBytes(content) : content;
    return { ...place, kind: 'file', bytes, mode: 0o644 };
  }
  const { link, directory, releases } = content;
  if (directory) return { ...place, kind: 'directory' };
  const image = releases && { extensionReleases: releases };
  return link === undefined
    ? { ...place, kind: 'file', bytes: new Uint8Array(1), mode: 0o644, ...image }
    : { ...place, kind: 'symlink', target: link, exists: false, ...image };
}

/** `line rule severity` for each finding, with the path before it when there are several files. */
export function summary({ findings }: AuditResult, withPath = false): string[] {
  return findings.map(({ path, line = '-', ruleId, severity }) => {
    const text = `${line} ${ruleId} ${severity}`;
    return withPath ? `${path} ${text}` : text;
  });
}
