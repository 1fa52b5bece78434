import { ToolError } from '../errors.ts';
import { type FileNode, type FileNodeMeta, impliedDirectory } from '../file-node.ts';
import { parentOf } from '../path-names.ts';
import { pathBytes } from '../path-text.ts';
import { MAX_ENTRIES } from './archive-limits.ts';
import type { Entry } from './entry.ts';
import { unsafe } from './entry-path.ts';

/**
 * One member of an archive in the archive's order. Its path is clean, empty for the image's root; the target of a
 * hard link may come earlier, later, or be a hard link itself.
 */
export type ArchiveMember = FileNode;

type Inode = Exclude<ArchiveMember, { readonly kind: 'hardlink' | 'directory' }>;

/** What a path stands for. Several names may share one inode; a link waits until its target is known. */
type Name =
  | { readonly kind: 'directory'; meta: FileNodeMeta; children: number }
  | { readonly kind: 'inode'; readonly inode: Inode }
  | { readonly kind: 'link'; readonly target: string };

/**
 * The tree that unpacking the members one by one would give, sorted by path. Missing parents are made up; a later
 * member takes the place of an earlier one of the same name, whose other names keep the old content.
 * @throws ToolError `unsafe-entry` where the members contradict each other
 */
export function entriesOf(members: Iterable<ArchiveMember>): Entry[] {
  const table = new EntryTable();
  for (const member of members) table.put(member);
  return table.entries();
}

class EntryTable {
  readonly #names = new Map<string, Name>();

  put(member: ArchiveMember): void {
    const { path } = member;
    if (path === '') {
      assertRootDirectory(member);
      return;
    }
    this.#makeParents(path);
    const present = this.#names.get(path);
    if (present?.kind === 'directory') {
      if (member.kind === 'directory') {
        present.meta = metaOf(member);
        return;
      }
      if (present.children > 0) throw unsafe(path, 'takes the place of a directory with entries');
    }
    if (member.kind === 'hardlink' && member.target === path) {
      throw unsafe(path, 'is a hard link to itself');
    }
    this.#set(path, this.#nameFor(member));
  }

  entries(): Entry[] {
    const homes = new Map<Inode, string>();
    const rows = sortedByPath([...this.#names]).map(([path, name]) => {
      if (name.kind === 'directory') return { path, directory: name.meta };
      const inode = this.#resolve(path, name);
      // The name that the archive gave the data itself stays the entry, unless it was replaced.
      if (!homes.has(inode) || inode.path === path) homes.set(inode, path);
      return { path, inode };
    });
    return rows.map(({ path, directory, inode }) => {
      if (directory) return { ...directory, kind: 'directory' };
      const home = homes.get(inode) ?? path;
      if (home === path) return inode.path === path ? inode : { ...inode, path };
      return { ...metaOf(inode), path, kind: 'hardlink', target: home };
    });
  }

  #nameFor(member: ArchiveMember): Name {
    if (member.kind === 'directory') {
      return { kind: 'directory', meta: metaOf(member), children: 0 };
    }
    if (member.kind !== 'hardlink') return { kind: 'inode', inode: member };
    // Bound now, as link(2) does it: replacing the target later leaves this name with the old content.
    const target = this.#names.get(member.target);
    return target?.kind === 'inode' ? target : { kind: 'link', target: member.target };
  }

  /**
   * Every directory above `path`. Nothing may be reached through a file or, worse, a symbolic link. From the inside
   * out, because a directory that is there has its parents: thousands of entries may lie in one at a depth of 250.
   */
  #makeParents(path: string): void {
    const missing: string[] = [];
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const parent = path.slice(0, end);
      const name = this.#names.get(parent);
      if (name?.kind === 'directory') break;
      if (name) throw unsafe(path, `lies below '${parent}', which is ${nameKind(name)}`);
      missing.push(parent);
    }
    for (const parent of missing.reverse()) {
      this.#set(parent, { kind: 'directory', meta: impliedDirectory(parent), children: 0 });
    }
  }

  #set(path: string, name: Name): void {
    const isNew = !this.#names.has(path);
    this.#names.set(path, name);
    if (!isNew) return;
    if (this.#names.size > MAX_ENTRIES) {
      throw new ToolError('archive-too-large', {
        what: 'the number of entries with their directories',
        limit: `${MAX_ENTRIES}`,
      });
    }
    const parent = this.#names.get(parentOf(path));
    if (parent?.kind === 'directory') parent.children += 1;
  }

  /** The inode behind a name; each link on the way is then bound, so that a long chain is walked once. */
  #resolve(path: string, name: Name): Inode {
    const chain = new Set<string>();
    let at = path;
    let current: Name | undefined = name;
    while (current?.kind === 'link') {
      chain.add(at);
      at = current.target;
      if (chain.has(at)) throw unsafe(path, 'is a hard link to itself, by way of others');
      current = this.#names.get(at);
    }
    if (at === '') throw unsafe(path, "is a hard link to the image's root");
    if (current === undefined) throw unsafe(path, `is a hard link to '${at}', which is not there`);
    if (current.kind === 'directory') throw unsafe(path, `is a hard link to the directory '${at}'`);
    for (const link of chain) this.#names.set(link, current);
    return current.inode;
  }
}

function assertRootDirectory(member: ArchiveMember): void {
  if (member.kind !== 'directory') throw unsafe('./', "takes the place of the image's root");
}

function metaOf({ path, mode, uid, gid, mtime, xattrs }: FileNodeMeta): FileNodeMeta {
  return { path, mode, uid, gid, mtime, xattrs };
}

function nameKind(name: Name): string {
  if (name.kind === 'link') return 'a hard link';
  if (name.kind === 'inode' && name.inode.kind === 'symlink') return 'a symbolic link';
  return name.kind === 'inode' && name.inode.kind === 'file' ? 'a file' : 'a special file';
}

/** As comparePaths orders them; the bytes of each name are made once, not at each of a million comparisons. */
function sortedByPath(names: readonly [string, Name][]): [string, Name][] {
  return names
    .map(([path, name]) => ({ key: pathBytes(path), path, name }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ path, name }) => [path, name]);
}
