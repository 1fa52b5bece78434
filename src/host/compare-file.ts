import { readFile, stat } from 'node:fs/promises';
import { errorCode, outputError } from './disk-error.ts';

/** Whether a file holds these bytes, others, or is not there. @throws ToolError `output-unwritable` */
export async function compareFile(
  path: string,
  bytes: Uint8Array,
): Promise<'same' | 'different' | 'absent'> {
  try {
    const { size } = await stat(path);
    if (size !== bytes.length) return 'different';
    return Buffer.compare(await readFile(path), bytes) === 0 ? 'same' : 'different';
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 'absent';
    throw outputError(error, path);
  }
}
