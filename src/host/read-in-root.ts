import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Content } from '../content.ts';
import { fileContent } from './file-content.ts';
import { diskPathOf, resolveInRoot } from './root-path.ts';
import { systemName } from './system-name.ts';

/**
 * Lets `work` read the file at `place`, an absolute path below `root`; links are followed as long as they stay there.
 * @returns undefined when there is no regular file that can be read
 */
export async function readInRoot<T>(
  root: string,
  place: string,
  work: (content: Content) => Promise<T>,
): Promise<T | undefined> {
  const found = resolveInRoot(root, place);
  if (found.kind !== 'found') return;
  const name = systemName(diskPathOf(root, found.place));
  const file = await open(name, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => undefined);
  if (!file) return;
  try {
    const stats = await file.stat();
    return stats.isFile() ? await work(fileContent(file, stats.size)) : undefined;
  } finally {
    await file.close();
  }
}
