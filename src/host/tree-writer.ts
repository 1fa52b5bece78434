import { chmod, type FileHandle, link, mkdir, open, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type Content, rangeContent, streamContent } from '../content.ts';
import { pathBytes } from '../path-text.ts';
import { writeAll } from './file-content.ts';

/** Makes files and directories below one of them. Paths are relative; parents come before their children. */
export interface TreeWriter {
  directory(path: string): Promise<void>;
  file(path: string, mode: number, content: Content): Promise<void>;
  symlink(path: string, target: string): Promise<void>;
  hardlink(path: string, target: string): Promise<void>;
}

export interface TreeWriterOptions {
  /** Turns a failure of the system into an error for the user. */
  readonly onDisk: <T>(work: Promise<T>) => Promise<T>;
  /** Each file is brought to the disk; what is removed again need not be. */
  readonly isDurable: boolean;
}

export function treeWriter(root: string, { onDisk, isDurable }: TreeWriterOptions): TreeWriter {
  const at = (relative: string) => pathBelow(root, relative);
  return {
    // umask must not make the host's directories unreadable once this is merged over them.
    directory: relative =>
      onDisk(mkdir(at(relative), 0o755).then(() => chmod(at(relative), 0o755))),
    file: (relative, mode, content) => {
      const write = async (file: FileHandle) => {
        await writeContent(file, content);
        await file.chmod(mode);
        if (isDurable) await file.sync();
      };
      return onDisk(withFile(at(relative), 'wx', write));
    },
    symlink: (relative, target) => onDisk(symlink(Buffer.from(pathBytes(target)), at(relative))),
    hardlink: (relative, target) => onDisk(link(at(target), at(relative))),
  };
}

/** Names are bytes, so the path is given to the system as bytes. */
export function pathBelow(root: string, relative: string): Buffer {
  return Buffer.from(pathBytes(join(root, relative)));
}

/** Runs `use` with an open file and closes it. */
export async function withFile<T>(
  path: Buffer,
  flags: 'r' | 'wx',
  use: (file: FileHandle) => Promise<T>,
): Promise<T> {
  const file = await open(path, flags, 0o600);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

async function writeContent(file: FileHandle, content: Content): Promise<void> {
  // Holes stay holes: a few bytes of an archive can claim gigabytes of them.
  await file.truncate(content.size);
  for (const { offset, length } of content.dataRanges ?? [{ offset: 0, length: content.size }]) {
    let at = offset;
    for await (const chunk of streamContent(rangeContent(content, offset, length), 1 << 20)) {
      await writeAll(file, [chunk], at);
      at += chunk.length;
    }
  }
}
