import { renameSync } from 'node:fs';
import { chmod, link, lstat, mkdir, open, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Content } from '../content.ts';
import { rangeContent, streamContent } from '../content.ts';
import { ToolError } from '../errors.ts';
import { pathBytes } from '../path-text.ts';
import { errorCode, outputError } from './disk-error.ts';
import { writeAll } from './file-content.ts';
import type { OutputOptions } from './output-file.ts';
import { ASIDE } from './remove-orphans.ts';
import { forgetTemporary, rememberTemporary, temporaryPath } from './temporary.ts';

/** A directory tree that is written under a temporary name and gets its own only when it is complete. */
export interface OutputDirectory {
  readonly path: string;
  directory(path: string): Promise<void>;
  file(path: string, mode: number, content: Content): Promise<void>;
  symlink(path: string, target: string): Promise<void>;
  hardlink(path: string, target: string): Promise<void>;
  /** See commitAll. */
  commit(): Promise<void>;
  abort(): Promise<void>;
}

/** @throws ToolError `output-exists` when something is at `path` and `force` is not set */
export async function assertNoDirectory(path: string, { force }: OutputOptions): Promise<void> {
  const existing = await lstat(path).catch(() => undefined);
  if (existing && !force) {
    throw new ToolError('output-exists', { path, size: existing.size, mtime: existing.mtime });
  }
}

/** @throws ToolError as {@link assertNoDirectory} */
export async function createOutputDirectory(
  path: string,
  options: OutputOptions,
): Promise<OutputDirectory> {
  await assertNoDirectory(path, options);
  const temporary = temporaryPath(path);
  const onDisk = async <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw outputError(error, path, { temporaryRemoved: true });
    });
  await mkdir(temporary, 0o755).catch((error: unknown) => {
    forgetTemporary(temporary);
    throw outputError(error, path);
  });
  // umask must not make the host's directories unreadable once this is merged over them.
  await onDisk(chmod(temporary, 0o755));
  /** Names are bytes, so the path is given to the system as bytes. */
  const at = (relative: string) => Buffer.from(pathBytes(join(temporary, relative)));
  return {
    path,
    directory: relative =>
      onDisk(mkdir(at(relative), 0o755).then(() => chmod(at(relative), 0o755))),
    file: (relative, mode, content) => onDisk(writeFile(at(relative), mode, content)),
    symlink: (relative, target) => onDisk(symlink(Buffer.from(pathBytes(target)), at(relative))),
    hardlink: (relative, target) => onDisk(link(at(target), at(relative))),
    async commit() {
      await onDisk(replaceDirectory(temporary, path));
    },
    async abort() {
      await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
      forgetTemporary(temporary);
    },
  };
}

async function writeFile(path: Buffer, mode: number, content: Content): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    // Holes stay holes: a few bytes of an archive can claim gigabytes of them.
    await file.truncate(content.size);
    for (const { offset, length } of content.dataRanges ?? [{ offset: 0, length: content.size }]) {
      let at = offset;
      for await (const chunk of streamContent(rangeContent(content, offset, length), 1 << 20)) {
        await writeAll(file, [chunk], at);
        at += chunk.length;
      }
    }
    await file.chmod(mode);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * A directory that is not empty cannot be renamed over, so the old one steps aside and comes back on failure. Both at
 * once, so that no signal comes between; a run after one that was killed there brings it back (see remove-orphans.ts).
 */
async function replaceDirectory(temporary: string, path: string): Promise<void> {
  const old = temporaryPath(path);
  forgetTemporary(old); // The user's, as long as it can come back.
  const aside = `${old}${ASIDE}`;
  const moved = stepAside(path, aside);
  try {
    renameSync(temporary, path);
  } catch (error) {
    if (moved) renameSync(aside, path);
    throw error;
  }
  forgetTemporary(temporary);
  if (!moved) return;
  rememberTemporary(old);
  renameSync(aside, old);
  await rm(old, { recursive: true, force: true });
  forgetTemporary(old);
}

/** @returns false when there is nothing at `path` */
function stepAside(path: string, aside: string): boolean {
  try {
    renameSync(path, aside);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
