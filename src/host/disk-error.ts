import { type ErrorFacts, ToolError } from '../errors.ts';

/** What a failed call on the disk means to the user, with the original error as cause. */
export function outputError(
  error: unknown,
  path: string,
  space?: Omit<ErrorFacts['no-space'], 'path'>,
): ToolError {
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new ToolError('no-space', { path, ...space }, { cause: error });
  }
  return new ToolError('output-unwritable', { path, reason: reasonOf(error) }, { cause: error });
}

/** The same for a file that is read. */
export function inputError(error: unknown, path: string): ToolError {
  return new ToolError('input-unreadable', { path, reason: reasonOf(error) }, { cause: error });
}

/** The system's error code (`ENOENT`), undefined for an error that is none of the system's. */
export function errorCode(error: unknown): string | undefined {
  const hasCode = error instanceof Error && 'code' in error && typeof error.code === 'string';
  return hasCode ? String(error.code) : undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'read-only file system',
  ENOENT: 'no such directory',
  ENOTDIR: 'a part of the path is not a directory',
  EISDIR: 'it is a directory',
  ELOOP: 'it is a link that is not followed, or links lead in a circle',
  EFBIG: 'the file is too large for this file system, or for the limit of this process (ulimit -f)',
  EIO: 'input/output error',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many open files (ulimit -n)',
  ENFILE: 'too many open files on this system',
};

/** The system's error in words that go on after a colon. */
export function reasonOf(error: unknown): string {
  const known = REASONS[errorCode(error) ?? ''];
  if (known) return known;
  return error instanceof Error ? error.message : String(error);
}
