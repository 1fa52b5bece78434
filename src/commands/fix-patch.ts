import { pathText } from '../path-text.ts';
import { removalDiff } from '../rewrite/removal-diff.ts';
import { unifiedDiff } from '../rewrite/unified-diff.ts';
import type { AuditedFile } from './audit-paths.ts';
import type { PlannedFix } from './planned-fix.ts';

/** As `git apply` and `patch -p1` want it from the root directory, or from the one that relative paths start in. */
export function fixPatch(fix: PlannedFix): string {
  const { path, place } = fix.file;
  const isPlain = !path.startsWith('/') && !path.split('/').includes('..');
  const name = isPlain ? path.replace(/^(?:\.\/+)+/, '') : place.slice(1);
  const content = pathText(fix.before);
  return fix.kind === 'edit'
    ? unifiedDiff(name, content, pathText(fix.after))
    : removalDiff({ path: name, content, kind: fileKind(fix.file) });
}

function fileKind(file: AuditedFile): 'file' | 'executable' | 'symlink' {
  if (file.kind === 'symlink') return file.kind;
  return (file.mode & 0o100) === 0 ? 'file' : 'executable';
}
