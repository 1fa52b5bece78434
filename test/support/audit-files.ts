import { type AuditOptions, auditEntries } from '../../src/analyze/audit/audit.ts';
import type { AuditEntry } from '../../src/analyze/audit/audit-entry.ts';
import type { AuditResult } from '../../src/analyze/audit/audit-result.ts';
import { pathBytes } from '../../src/path-text.ts';

/** Paths of a node and what is there: a text, bytes, or a link. */
export type NodeFiles = Readonly<Record<string, string | Uint8Array | { readonly link: string }>>;

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
  for (const [path, content] of Object.entries(files)) {
    const place = { path, nodePath: path, diskPath: path, nodeRoot: '' };
    if (typeof content === 'string' || content instanceof Uint8Array) {
      const bytes = typeof content === 'string' ? pathBytes(content) : content;
      yield { ...place, kind: 'file', bytes, mode: 0o644 };
    } else {
      yield { ...place, kind: 'symlink', target: content.link, exists: false };
    }
  }
}

/** `line rule severity` for each finding, with the path before it when there are several files. */
export function summary({ findings }: AuditResult, withPath = false): string[] {
  return findings.map(({ path, line = '-', ruleId, severity }) => {
    const text = `${line} ${ruleId} ${severity}`;
    return withPath ? `${path} ${text}` : text;
  });
}
