import { chmod, lstat, lutimes, mkdir, readlink, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Content } from '../content.ts';
import type { FileNode } from '../file-node.ts';
import { pathText } from '../path-text.ts';
import { outputError } from './disk-error.ts';
import { writeAttributes } from './extended-attributes.ts';
import { fileContent } from './file-content.ts';
import { largeFileDirectory } from './spool.ts';
import { forgetTemporary, temporaryPath } from './temporary.ts';
import { pathBelow, type TreeWriter, treeWriter, withFile } from './tree-writer.ts';

/** A tree on disk for as long as another program needs it. */
export interface StagingTree extends TreeWriter {
  /** Absolute. */
  readonly path: string;
  /** Gives everything its attributes and times. */
  settle(nodes: readonly FileNode[]): Promise<void>;
  /** Runs `use` with the content of a file; false where there is none. */
  read(path: string, use: (content: Content) => Promise<void>): Promise<boolean>;
  /** The target of a symbolic link; undefined where there is none. */
  readLink(path: string): Promise<string | undefined>;
  remove(): Promise<void>;
}

/** Makes an empty tree in `directory`, or where large temporary files belong on this system. */
export async function createStagingTree(directory?: string): Promise<StagingTree> {
  const parent = resolve(directory ?? (await largeFileDirectory()));
  const temporary = temporaryPath(join(parent, 'torcx2sysext-tree'));
  const path = join(temporary, 'root');
  const onDisk = async <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw outputError(error, parent, {
        temporaryRemoved: true,
        suggestion: 'TMPDIR=DIRECTORY, with room for a copy of all files',
      });
    });
  // A program with a setuid bit must not lie where others can call it.
  await mkdir(temporary, 0o700).catch((error: unknown) => {
    forgetTemporary(temporary);
    throw outputError(error, parent);
  });
  await onDisk(mkdir(path).then(() => chmod(path, 0o755)));
  return {
    path,
    ...treeWriter(path, { onDisk, isDurable: false }),
    async settle(nodes) {
      await writeAttributes(path, new Map(nodes.map(node => [node.path, node.xattrs])));
      await onDisk(setTimes(path, nodes));
    },
    read: (relative, use) => readFile(pathBelow(path, relative), use),
    readLink: relative =>
      readlink(pathBelow(path, relative), { encoding: 'buffer' }).then(pathText, () => undefined),
    async remove() {
      await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
      forgetTemporary(temporary);
    },
  };
}

async function readFile(path: Buffer, use: (content: Content) => Promise<void>): Promise<boolean> {
  const stats = await lstat(path).catch(() => undefined);
  if (!stats?.isFile()) return false;
  await withFile(path, 'r', file => use(fileContent(file, stats.size)));
  return true;
}

/** Directories after what is in them: making a file changes the time of the one around it. */
async function setTimes(root: string, nodes: readonly FileNode[]): Promise<void> {
  for (const { path, mtime, kind } of nodes.toReversed()) {
    if (kind !== 'hardlink') await lutimes(pathBelow(root, path), mtime, mtime);
  }
  await lutimes(root, 0, 0);
}
