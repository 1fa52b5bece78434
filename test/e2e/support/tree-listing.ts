import { createHash } from 'node:crypto';
import type { ImageNode } from '../../../src/builder/image-node.ts';
import { readBytes } from '../../../src/content.ts';
import { comparePaths, pathBytes } from '../../../src/path-text.ts';

/**
 * Prints one line of JSON for every file below a directory: what stat, readlink, read and getxattr say. Names, targets
 * and values are in hexadecimal, because they are bytes. Large files are not read.
 */
export const LIST_TREE_SCRIPT = `
import errno, hashlib, json, os, stat, sys
root = os.fsencode(sys.argv[-1])
def digest(path, size):
    h = hashlib.sha256()
    with open(path, 'rb', buffering=0) as f:
        if size > (64 << 20): return 'large'
        while True:
            b = f.read(1 << 20)
            if not b: return h.hexdigest()
            h.update(b)
def show(path):
    s = os.lstat(path)
    m = s.st_mode
    what = {stat.S_IFREG: 'file', stat.S_IFDIR: 'directory', stat.S_IFLNK: 'symlink', stat.S_IFCHR: 'char-device',
            stat.S_IFBLK: 'block-device', stat.S_IFIFO: 'fifo', stat.S_IFSOCK: 'socket'}[stat.S_IFMT(m)]
    if what == 'file': what += ' %d %s' % (s.st_size, digest(path, s.st_size))
    if what == 'symlink': what += ' ' + os.readlink(path).hex()
    if what.endswith('-device'): what += ' %d,%d' % (os.major(s.st_rdev), os.minor(s.st_rdev))
    # An image without attributes has no table of them, and the kernel then has no listxattr for it.
    try: names = os.listxattr(path, follow_symlinks=False)
    except OSError as e:
        if e.errno != errno.ENOTSUP: raise
        names = []
    xattrs = {n: os.getxattr(path, n, follow_symlinks=False).hex() for n in names}
    print(json.dumps({'path': os.path.relpath(path, root).hex(), 'what': what, 'mode': oct(m & 0o7777)[2:],
      'owner': '%d:%d' % (s.st_uid, s.st_gid), 'mtime': int(s.st_mtime), 'links': s.st_nlink, 'inode': s.st_ino,
      'xattrs': xattrs}))
show(root)
for base, dirs, files in os.walk(root):
    for name in dirs + files: show(os.path.join(base, name))
`;

export interface ListedNode {
  /** Hexadecimal; the root is ".". */
  readonly path: string;
  readonly what: string;
  readonly mode: string;
  readonly owner: string;
  readonly mtime: number;
  readonly links: number;
  readonly xattrs: Readonly<Record<string, string>>;
  /** The first path of the same inode. */
  readonly sameAs: string;
}

/** What LIST_TREE_SCRIPT printed, sorted by path. */
export function parseListing(output: Buffer): ListedNode[] {
  const lines = output.toString().trim().split('\n');
  const nodes = lines.map(line => JSON.parse(line)).sort((a, b) => comparePaths(a.path, b.path));
  const firstPaths = new Map<number, string>();
  return nodes.map(({ inode, ...node }) => {
    const sameAs = firstPaths.get(inode) ?? node.path;
    firstPaths.set(inode, sameAs);
    return { ...node, sameAs };
  });
}

/** What LIST_TREE_SCRIPT should print for a mounted image of `nodes`, which include every parent. */
export async function expectedListing(nodes: readonly ImageNode[]): Promise<ListedNode[]> {
  const byPath = new Map(nodes.map(node => [node.path, node]));
  const linked = nodes.map(node => {
    const real = node.kind === 'hardlink' ? byPath.get(node.target) : node;
    if (!real) throw new Error(`${node.path} links to nothing`);
    return { path: hexPath(node.path), real };
  });
  linked.sort((a, b) => comparePaths(a.path, b.path));
  const names = new Map<ImageNode, string[]>();
  for (const { path, real } of linked) names.set(real, [...(names.get(real) ?? []), path]);
  return Promise.all(
    linked.map(async ({ path, real }) => ({
      path,
      what: await describe(real),
      mode: real.mode.toString(8),
      owner: `${real.uid}:${real.gid}`,
      mtime: real.mtime,
      links:
        real.kind === 'directory'
          ? 2 + countSubdirectories(real.path, nodes)
          : (names.get(real)?.length ?? 0),
      xattrs: Object.fromEntries([...real.xattrs].map(([name, value]) => [name, hex(value)])),
      sameAs: names.get(real)?.[0] ?? '',
    })),
  );
}

const LARGE = 64 << 20;

async function describe(node: ImageNode): Promise<string> {
  if (node.kind === 'symlink') return `symlink ${hex(pathBytes(node.target))}`;
  if (node.kind === 'char-device' || node.kind === 'block-device')
    return `${node.kind} ${node.major},${node.minor}`;
  if (node.kind !== 'file') return node.kind;
  const { content } = node;
  if (content.size > LARGE) return `file ${content.size} large`;
  return `file ${content.size} ${createHash('sha256')
    .update(await readBytes(content))
    .digest('hex')}`;
}

function countSubdirectories(path: string, nodes: readonly ImageNode[]): number {
  return nodes.filter(
    node => node.kind === 'directory' && node.path !== '' && parentOf(node.path) === path,
  ).length;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function hexPath(path: string): string {
  return path === '' ? hex(Buffer.from('.')) : hex(pathBytes(path));
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
