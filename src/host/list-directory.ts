import { readdir, stat } from 'node:fs/promises';
import { pathText } from '../path-text.ts';
import { inputError } from './disk-error.ts';
import { systemName } from './system-name.ts';

export interface DirectoryEntry {
  readonly name: string;
  /** Links are followed; `other` leads nowhere, or is no file that has an end. */
  readonly kind: 'directory' | 'file' | 'other';
  /** Bytes, of a file. */
  readonly size: number;
}

/** So many questions to the disk are open at once: enough for the thread pool, and no directory is too large. */
const BATCH = 64;

/**
 * What is in a directory, in the system's order.
 * @throws ToolError `input-unreadable`
 */
export async function listDirectory(path: string): Promise<DirectoryEntry[]> {
  const names = await readdir(systemName(path), { encoding: 'buffer' }).catch((error: unknown) => {
    throw inputError(error, path);
  });
  const entries: DirectoryEntry[] = [];
  for (let at = 0; at < names.length; at += BATCH) {
    const batch = names.slice(at, at + BATCH).map(name => entryAt(path, pathText(name)));
    entries.push(...(await Promise.all(batch)));
  }
  return entries;
}

async function entryAt(directory: string, name: string): Promise<DirectoryEntry> {
  const stats = await stat(systemName(`${directory}/${name}`)).catch(() => undefined);
  if (stats?.isDirectory()) return { name, kind: 'directory', size: 0 };
  if (stats?.isFile()) return { name, kind: 'file', size: stats.size };
  return { name, kind: 'other', size: 0 };
}
