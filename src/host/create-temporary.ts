import { closeSync, openSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/**
 * A new file by a name of temporaryPath, for reading and writing. It is made at once: one that a thread of the pool is
 * still about to make would come after a signal has had everything removed.
 * @throws what open(2) says
 */
export async function createTemporary(path: string, mode: number): Promise<FileHandle> {
  closeSync(openSync(path, 'wx', mode));
  return open(path, 'r+');
}
