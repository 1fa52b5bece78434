import type { ArchiveContents } from '../../src/analyze/archive.ts';
import { MAX_ENTRIES, MAX_PATH_BYTES } from '../../src/analyze/archive-limits.ts';
import type { Entry } from '../../src/analyze/entry.ts';
import { readBytes } from '../../src/content.ts';
import { comparePaths, pathBytes } from '../../src/path-text.ts';
import { check, unlessRefused } from './check.ts';

/** What the rest of the program takes for granted of an archive past the door, and the contents that can be had. */
export async function checkEntries({ entries }: ArchiveContents): Promise<void> {
  const seen = new Map<string, Entry>();
  let previous = '';
  for (const entry of entries) {
    const { path } = entry;
    check(comparePaths(previous, path) < 0, () => `"${path}" behind "${previous}"`);
    previous = path;
    checkPath(entry);
    const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    const inDirectory = parent === '' || seen.get(parent)?.kind === 'directory';
    check(inDirectory, () => `"${path}" lies in no directory`);
    seen.set(path, entry);
  }
  check(entries.length <= MAX_ENTRIES, () => `${entries.length} entries`);
  for (const entry of entries) await checkKind(entry, seen);
}

function checkPath({ path }: Entry): void {
  check(pathBytes(path).length <= MAX_PATH_BYTES, () => `a path of ${path.length} characters`);
  check(!path.startsWith('/') && !path.includes('\0'), () => `the path ${JSON.stringify(path)}`);
  for (const part of path.split('/')) {
    const isName = part !== '' && part !== '.' && part !== '..' && pathBytes(part).length <= 255;
    check(isName, () => `"${part}" in "${path}"`);
  }
}

async function checkKind(entry: Entry, all: ReadonlyMap<string, Entry>): Promise<void> {
  const { path, kind, mode, mtime } = entry;
  check(mode >= 0 && mode <= 0o7777, () => `mode ${mode} of "${path}"`);
  check(mtime >= 0 && mtime < 2 ** 32, () => `time ${mtime} of "${path}"`);
  if (kind === 'hardlink') {
    const target = all.get(entry.target);
    const isInode = target && target.kind !== 'hardlink' && target.kind !== 'directory';
    check(isInode === true, () => `the hard link "${path}" to "${entry.target}"`);
  }
  if (kind === 'symlink') {
    check(isTarget(entry.target), () => `"${path}" leads to "${entry.target}"`);
  }
  if (kind !== 'file' || entry.content.size > 1 << 20) return;
  const bytes = await unlessRefused(() => readBytes(entry.content));
  check(
    (bytes?.length ?? entry.content.size) === entry.content.size,
    () => `the size of "${path}"`,
  );
}

/** What symlink(2) takes. */
function isTarget(target: string): boolean {
  return target !== '' && !target.includes('\0') && pathBytes(target).length < 4096;
}
