import { readFile } from 'node:fs/promises';
import { errorCode, outputError } from './disk-error.ts';

/** What a file holds, undefined when it is not there. @throws ToolError `output-unwritable` */
export async function presentBytes(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw outputError(error, path);
  }
}
