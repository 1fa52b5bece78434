import { type Dirent, lstatSync, readdirSync, readlinkSync, statfsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ToolError } from '../errors.ts';
import { pathOrder, pathText } from '../path-text.ts';
import { errorCode } from './disk-error.ts';
import type { FileStamp } from './file-stamp.ts';
import { diskPathOf, resolveInRoot } from './root-path.ts';
import { type Screen, screenFiles } from './screen-files.ts';
import { searchLargeFile } from './search-large-file.ts';
import { systemName } from './system-name.ts';
import { MOST_BYTES, readReason, readTreeFile, specialKind } from './tree-file.ts';

/** One entry of a tree on disk. Links are read, never followed. */
export type TreeEntry = TreePlace &
  (
    | {
        readonly kind: 'file';
        readonly bytes: Uint8Array;
        readonly mode: number;
        readonly stamp: FileStamp;
      }
    | { readonly kind: 'symlink'; readonly target: string; readonly exists: boolean }
    | { readonly kind: 'directory' }
    | { readonly kind: 'skipped'; readonly reason: string }
    | { readonly kind: 'unreadable'; readonly reason: string }
  );

export interface TreePlace {
  /** As shown to the user: what was given, then what follows. */
  readonly path: string;
  /** Absolute, as whoever has the root for its own root directory sees it. */
  readonly place: string;
  /** Where it is on this disk. */
  readonly diskPath: string;
}

export interface WalkOptions {
  /** Files and directories; below `root` where there is one. */
  readonly paths: readonly string[];
  /** Paths that do not exist are passed over. */
  readonly mayBeAbsent?: boolean;
  /** A directory that holds another system's root file system. */
  readonly root?: string;
  /** Tells which files need not be returned: most of a tree has nothing to say. */
  readonly screen?: Screen;
  /** Told how many files were passed over, for every stretch of the tree. */
  readonly onPassed?: (files: number) => void;
  /** The root directory that the links at a place were made for: `/`, unless they are in a copy of a tree. */
  readonly linkRoot: (place: string) => string;
}

/**
 * Everything at and below the given paths, in an order that depends on the names alone. A path that is a link is
 * followed, since it was named; no other link is.
 * @throws ToolError `path-missing` before anything is read, when the root does not exist, or one of the paths that
 *   must
 */
export async function* walkTree(options: WalkOptions): AsyncGenerator<TreeEntry> {
  if (options.root !== undefined) assertDirectory(options.root);
  const operands = options.paths.flatMap(path => operandOf(path, options) ?? []);
  const waiting = distinct(operands).reverse();
  const walk = { ...options, takeTurns: turnTaker() };
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if ('kind' in next) {
      yield next;
    } else if (next.entry.isDirectory()) {
      const { entry, children } = await readDirectory(next, walk);
      yield entry;
      for (const child of children) waiting.push(child);
    } else {
      yield await readEntry(next, options);
    }
    await walk.takeTurns(1);
  }
}

interface Walk extends WalkOptions {
  readonly takeTurns: TurnTaker;
}

/** Told how many entries were read. */
type TurnTaker = (entries: number) => Promise<void>;

/** Reading is synchronous; signals and progress get their turn after so many entries. */
const STRETCH = 512;

function turnTaker(): TurnTaker {
  let sinceLast = 0;
  return async entries => {
    sinceLast += entries;
    if (sinceLast < STRETCH) return;
    sinceLast = 0;
    await new Promise(done => setImmediate(done));
  };
}

interface Waiting extends TreePlace {
  readonly entry: Pick<Dirent, Kinds>;
  /** Number of the device that the directory around it is on. */
  readonly device: number;
}

type Kinds =
  | 'isFile'
  | 'isDirectory'
  | 'isSymbolicLink'
  | 'isFIFO'
  | 'isSocket'
  | 'isBlockDevice'
  | 'isCharacterDevice';

function operandOf(
  path: string,
  { root, mayBeAbsent = false }: WalkOptions,
): Waiting | TreeEntry | undefined {
  const base = root === undefined ? '/' : resolve(root);
  const place = root === undefined ? resolve(path) : placeBelow(base, path);
  const found = resolveInRoot(base, place);
  // A link that leads nowhere is an entry like any other, if it can be seen itself.
  const diskPath = diskPathOf(base, found.kind === 'found' ? found.place : place);
  const common = { path: path.replace(/(?<=.)\/+$/, ''), place, diskPath };
  try {
    return { ...common, entry: lstatSync(diskPath), device: NO_DEVICE };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      if (mayBeAbsent) return;
      throw new ToolError('path-missing', { path }, { cause: error });
    }
    return { ...common, kind: 'unreadable', reason: readReason(error) };
  }
}

function assertDirectory(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) throw new ToolError('path-missing', { path });
}

/** Of what is around a path that was given: as good as another device. */
const NO_DEVICE = -1;

/** With `--root /mnt`, `/etc` means `/mnt/etc`; who writes `/mnt/etc` means that too. */
function placeBelow(root: string, path: string): string {
  const place = resolve('/', path);
  const isSpelledOut = place.startsWith(`${root}/`) && resolveInRoot(root, place).kind !== 'found';
  return isSpelledOut ? place.slice(root.length) : place;
}

/** Without the paths that are below another one: nothing is said twice. */
function distinct<T extends TreePlace>(operands: readonly T[]): T[] {
  return operands.filter(({ place }, index) =>
    operands.every(
      (other, at) =>
        at === index || !isWithin(place, other.place) || (place === other.place && index < at),
    ),
  );
}

function isWithin(place: string, directory: string): boolean {
  return place === directory || place.startsWith(directory === '/' ? '/' : `${directory}/`);
}

interface Listing {
  readonly entry: TreeEntry;
  /** The last one first: they are taken from the end. */
  readonly children: readonly Waiting[];
}

async function readDirectory(directory: Waiting, walk: Walk): Promise<Listing> {
  const { path, place, diskPath } = directory;
  const listed = listDirectory(directory);
  if (listed.kind !== 'listed')
    return { entry: { path, place, diskPath, ...listed }, children: [] };
  const entries = await withoutPassed(listed.entries, directory, walk);
  const order = pathOrder(entries.map(({ name }) => name));
  const children = entries
    .sort((a, b) => order(b.name, a.name))
    .map(entry => ({
      path: within(path) + entry.name,
      place: within(place) + entry.name,
      diskPath: within(diskPath) + entry.name,
      entry,
      device: listed.device,
    }));
  return { entry: { path, place, diskPath, kind: 'directory' }, children };
}

type Listed =
  | { readonly kind: 'listed'; readonly entries: Dirent[]; readonly device: number }
  | { readonly kind: 'skipped' | 'unreadable'; readonly reason: string };

function listDirectory({ diskPath, device }: Waiting): Listed {
  const name = systemName(diskPath);
  try {
    const { dev } = lstatSync(name);
    if (dev !== device && KERNEL_FILE_SYSTEMS.has(statfsSync(name).type))
      return { kind: 'skipped', reason: 'a file system of the kernel' };
    return { kind: 'listed', entries: readEntries(name), device: dev };
  } catch (error) {
    return { kind: 'unreadable', reason: readReason(error) };
  }
}

async function withoutPassed(
  entries: Dirent[],
  { place, diskPath }: Waiting,
  { screen, onPassed, takeTurns }: Walk,
): Promise<Dirent[]> {
  if (!screen) return entries;
  const files = entries.filter(entry => entry.isFile()).map(({ name }) => name);
  const kept = new Set<string>();
  for (let at = 0; at < files.length; at += STRETCH) {
    const names = files.slice(at, at + STRETCH);
    const found = screenFiles({ place: within(place), diskPath: within(diskPath), names }, screen);
    for (const name of found) kept.add(name);
    onPassed?.(names.length - found.length);
    await takeTurns(names.length);
  }
  return entries.filter(entry => kept.has(entry.name) || !entry.isFile());
}

/** Node.js reads names as UTF-8. Only where one is none does it take the bytes, which cost more than all the rest. */
function readEntries(directory: string | Buffer): Dirent[] {
  const entries = readdirSync(directory, { withFileTypes: true });
  if (!entries.some(({ name }) => name.includes('\ufffd'))) return entries;
  const exact = readdirSync(directory, { withFileTypes: true, encoding: 'buffer' });
  return exact.map(entry => Object.assign(entry, { name: pathText(entry.name) }));
}

/**
 * What statfs(2) says of file systems whose files are no files: some of /proc never end, some of /sys act when they are
 * read. In this order: proc, sysfs, cgroup, cgroup2, debugfs, tracefs, securityfs, selinuxfs, devpts, mqueue, pstore,
 * efivarfs, bpf, configfs, binfmt_misc.
 */
const KERNEL_FILE_SYSTEMS: ReadonlySet<number> = new Set([
  0x9fa0, 0x62656572, 0x27e0eb, 0x63677270, 0x64626720, 0x74726163, 0x73636673, 0xf97cff8c, 0x1cd1,
  0x19800202, 0x6165676c, 0xde5e81e4, 0xcafe4a11, 0x62656570, 0x42494e4d,
]);

type LargeFile = TreePlace & { readonly kind: 'large'; readonly size: number };

async function readEntry(next: Waiting, options: WalkOptions): Promise<TreeEntry> {
  const { path, place, diskPath, entry } = next;
  const common = { path, place, diskPath };
  if (entry.isSymbolicLink()) return { ...common, ...readLink(next, options) };
  if (!entry.isFile()) return { ...common, kind: 'skipped', reason: specialKind(entry) };
  const file = readTreeFile(diskPath);
  if (file.kind === 'large') return largeFile({ ...common, ...file });
  return { ...common, ...file };
}

/** A large text that names Torcx was not judged, and the result is incomplete; any other can be passed over. */
async function largeFile({ size, ...common }: LargeFile): Promise<TreeEntry> {
  const large = `a text of ${mebibytes(size)} MiB, over the limit of ${mebibytes(MOST_BYTES)}`;
  try {
    const line = await searchLargeFile(common.diskPath);
    if (line === undefined) {
      return { ...common, kind: 'skipped', reason: `${large}, without Torcx's name` };
    }
    const reason = `${large}, that has Torcx's name in line ${line}`;
    return { ...common, kind: 'unreadable', reason };
  } catch (error) {
    return { ...common, kind: 'unreadable', reason: readReason(error) };
  }
}

function mebibytes(size: number): string {
  return String(Math.ceil(size / 2 ** 20));
}

type Link =
  | { readonly kind: 'symlink'; readonly target: string; readonly exists: boolean }
  | { readonly kind: 'unreadable'; readonly reason: string };

function readLink({ place, diskPath }: Waiting, { root = '/', linkRoot }: WalkOptions): Link {
  try {
    const target = pathText(readlinkSync(systemName(diskPath), 'buffer'));
    const top = linkRoot(place);
    const inner = top === '/' ? place : place.slice(top.length);
    const absolute = target.startsWith('/') ? target : `${dirname(inner)}/${target}`;
    const led = resolveInRoot(diskPathOf(resolve(root), top === '/' ? '' : top), absolute);
    // What cannot be looked at may well be there.
    return { kind: 'symlink', target, exists: led.kind !== 'missing' };
  } catch (error) {
    return { kind: 'unreadable', reason: readReason(error) };
  }
}

/** What the paths of all that is in a directory begin with. */
function within(directory: string): string {
  return directory === '/' ? directory : `${directory}/`;
}
