import { commitAll } from './commit-all.ts';
import { createOutputFile, type OutputOptions } from './output-file.ts';

/** Writes a file that is in memory, whole or not at all. @throws ToolError as {@link createOutputFile} does, `no-space` */
export async function writeFile(
  path: string,
  bytes: Uint8Array,
  options: OutputOptions,
): Promise<void> {
  const file = await createOutputFile(path, options);
  try {
    await file.append([bytes]);
    await commitAll([file]);
  } finally {
    await file.abort();
  }
}
