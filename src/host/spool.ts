import { constants, unlinkSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Content } from '../content.ts';
import { readTogether } from '../read-together.ts';
import { createTemporary } from './create-temporary.ts';
import { outputError } from './disk-error.ts';
import { fileContent, writeAll } from './file-content.ts';
import { forgetTemporary, temporaryPath } from './temporary.ts';

/** Where an inflated archive waits: a file without a name, which is gone whatever happens to the process. */
export interface SpoolFile {
  /** The chunk may be reused when this resolves. */
  append(chunk: Uint8Array): Promise<void>;
  /** Back to nothing. A content that was given out must not be used any more. */
  clear(): Promise<void>;
  /** What has been appended so far. */
  content(): Content;
  close(): Promise<void>;
}

/** Opens a spool in `directory`, or where large temporary files belong on this system. */
export async function openSpool(directory?: string): Promise<SpoolFile> {
  const parent = directory ?? (await largeFileDirectory());
  const path = temporaryPath(join(parent, 'torcx2sysext-spool'));
  const failure = (error: unknown) =>
    outputError(error, parent, { suggestion: 'TMPDIR=DIRECTORY, one with more space' });
  const file = await createTemporary(path, 0o600).catch((error: unknown) => {
    forgetTemporary(path);
    throw failure(error);
  });
  try {
    unlinkSync(path);
    forgetTemporary(path);
  } catch {
    // A system that cannot unlink an open file: removeTemporaries gets it at the end.
  }
  let size = 0;
  return {
    async append(chunk) {
      await writeAll(file, [chunk], size).catch((error: unknown) => {
        throw failure(error);
      });
      size += chunk.length;
    },
    async clear() {
      size = 0;
      await file.truncate();
    },
    content: () => readTogether(fileContent(file, size)),
    close: () => file.close(),
  };
}

/**
 * `/tmp` is often a file system in memory (it is on Flatcar), too small for an inflated image; the File Hierarchy
 * Standard has `/var/tmp` for this.
 */
export async function largeFileDirectory(): Promise<string> {
  const fallback = tmpdir();
  if (fallback !== '/tmp') return fallback;
  return access('/var/tmp', constants.W_OK).then(
    () => '/var/tmp',
    () => fallback,
  );
}
