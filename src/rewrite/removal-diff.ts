import { createHash } from 'node:crypto';
import { pathBytes } from '../path-text.ts';
import { quoteName, unifiedDiff } from './unified-diff.ts';

export interface RemovedFile {
  readonly path: string;
  /** Of a link its target. */
  readonly content: string;
  readonly kind: 'file' | 'executable' | 'symlink';
}

/** As git has them (gitformat-index(5)). */
const MODES = { file: '100644', executable: '100755', symlink: '120000' } as const;

/** What `git diff` says of a file or link that is removed. Without the hash `patch` would keep an empty file. */
export function removalDiff({ path, content, kind }: RemovedFile): string {
  const names = `${splitName(`a/${path}`)} ${splitName(`b/${path}`)}`;
  const head = `diff --git ${names}\ndeleted file mode ${MODES[kind]}\nindex ${blobName(content)}..0000000\n`;
  const lines = unifiedDiff(path, content, '');
  return head + lines.replace(/^\+\+\+ .*$/m, '+++ /dev/null');
}

/** Between blanks within a name `patch` would not find where the second name begins, unlike git. */
function splitName(name: string): string {
  return name.includes(' ') && !quoteName(name).startsWith('"') ? `"${name}"` : quoteName(name);
}

/** The short name under which git would store the content. */
function blobName(content: string): string {
  const bytes = pathBytes(content);
  return createHash('sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex')
    .slice(0, 7);
}
