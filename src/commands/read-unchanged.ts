import { isSameStamp } from '../host/file-stamp.ts';
import { readTreeFile } from '../host/tree-file.ts';
import { pathBytes } from '../path-text.ts';
import type { AuditedFile } from './audit-paths.ts';

/** The content that was judged, of a link its target; undefined when the file is not the same any more. */
export function readUnchanged(audited: AuditedFile): Uint8Array | undefined {
  if (audited.kind === 'symlink') return pathBytes(audited.target);
  const file = readTreeFile(audited.diskPath);
  return file.kind === 'file' && isSameStamp(file.stamp, audited.stamp) ? file.bytes : undefined;
}
