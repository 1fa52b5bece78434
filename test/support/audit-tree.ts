import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { AuditEntry } from '../../src/analyze/audit/audit-entry.ts';
import { nodePathOf } from '../../src/analyze/audit/node-path.ts';
import { comparePaths } from '../../src/path-text.ts';

/** A tree of the disk as the audit gets it, in a fixed order. */
export async function* auditTree(root: string): AsyncGenerator<AuditEntry> {
  for (const path of walk(root)) {
    const nodePath = nodePathOf(resolve(path));
    const common = { path, nodePath, diskPath: path, nodeRoot: path.slice(0, -nodePath.length) };
    const stat = lstatSync(path);
    if (stat.isSymbolicLink()) {
      yield { ...common, kind: 'symlink', target: readlinkSync(path), exists: existsSync(path) };
    } else if (stat.isDirectory()) yield { ...common, kind: 'directory' };
    else if (stat.isFile()) {
      yield { ...common, kind: 'file', bytes: readFileSync(path), mode: stat.mode & 0o7777 };
    } else yield { ...common, kind: 'skipped', reason: 'a special file' };
  }
}

function* walk(path: string): Generator<string> {
  yield path;
  if (!lstatSync(path).isDirectory()) return;
  for (const name of readdirSync(path).sort(comparePaths)) yield* walk(join(path, name));
}
