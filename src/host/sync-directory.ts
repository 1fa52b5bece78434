import { open } from 'node:fs/promises';

/** Without this the new name can be lost in a power cut. Systems that cannot sync a directory do it by themselves. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r').catch(() => undefined);
  await directory?.sync().catch(() => undefined);
  await directory?.close();
}
