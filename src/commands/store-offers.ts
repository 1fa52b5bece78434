import { basename, dirname, join } from 'node:path';
import { type ConfigurationFile, readConfiguration } from '../analyze/audit/configuration-file.ts';
import { OS_RELEASE_PATHS, type OsRelease, parseOsRelease } from '../analyze/audit/os-release.ts';
import { selection } from '../analyze/audit/selection.ts';
import { imageKey, storeDirectories } from '../analyze/audit/store-files.ts';
import { type JsonDamage, parseTorcxJson } from '../analyze/audit/torcx-json.ts';
import { torcxPlace } from '../analyze/audit/torcx-place.ts';
import { isToolError } from '../errors.ts';
import type { TorcxIdentity } from '../extension-name.ts';
import { errorCode } from '../host/disk-error.ts';
import { type DirectoryEntry, listDirectory } from '../host/list-directory.ts';
import { diskPathOf } from '../host/root-path.ts';
import { readTreeFile } from '../host/tree-file.ts';
import { comparePaths, pathText } from '../path-text.ts';
import { errorMessage } from '../ui/error-text.ts';
import type { StoreListing, StoreOffer } from '../ui/wizard/wizard-services.ts';

/** What Torcx applied at this boot. */
const APPLIED = '/run/torcx/profile.json';
const SETTINGS = ['/etc/torcx/next-profile', '/etc/torcx/config.json'];
const PROFILES = ['/usr/share', '/usr/share/oem', '/etc'].map(top => `${top}/torcx/profiles`);

/**
 * The images in the stores of a node, and what its profiles say of them. What is not there offers nothing, since most
 * machines are no such node; what is there and cannot be read is told.
 * @param root where the node's root directory is on this disk
 */
export async function storeOffers(root = '/'): Promise<StoreListing> {
  const problems: string[] = [];
  const node: Node = { root, tell: problem => problems.push(problem) };
  const profiles = (await Promise.all(PROFILES.map(path => filesIn(path, node)))).flat();
  const settings = [
    ...(await present(SETTINGS, node)).flatMap(path => configurationAt(path, node)),
    ...profiles.flatMap(({ path }) => configurationAt(path, node)),
  ];
  const stored = await storedFiles(storeDirectories(settings), node);
  const images = stored.flatMap(({ path, size }) => {
    const place = torcxPlace(path);
    const file = { nodePath: path, diskPath: diskPathOf(root, path) };
    return place?.kind === 'image' ? [{ file, size, image: place.image }] : [];
  });
  const { isSelected, storeFile } = selection(
    [...settings, ...images.map(({ file }) => file)],
    releaseOf(root),
  );
  const running = (await present([APPLIED], node)).flatMap(path => imagesAt(path, node));
  const useOf = (image: TorcxIdentity, file: ConfigurationFile): StoreOffer['use'] => {
    // Of several files of an image Torcx took one.
    if (storeFile(image)?.nodePath !== file.nodePath) return 'stored';
    if (running.includes(imageKey(image))) return 'running';
    return isSelected(image) ? 'selected' : 'stored';
  };
  const offers = images.map(({ file, size, image }) => ({
    image,
    path: file.diskPath,
    size,
    use: useOf(image, file),
  }));
  offers.sort((a, b) => RANKS[a.use] - RANKS[b.use] || comparePaths(a.path, b.path));
  return { offers, problems: [...new Set(problems)] };
}

const RANKS: Readonly<Record<StoreOffer['use'], number>> = { running: 0, selected: 1, stored: 2 };

interface Node {
  readonly root: string;
  tell(problem: string): void;
}

interface NodeFile {
  readonly path: string;
  readonly size: number;
}

async function storedFiles(stores: readonly string[], node: Node): Promise<NodeFile[]> {
  const files: NodeFile[] = [];
  for (const store of new Set(stores)) {
    const entries = await entriesOf(store, node);
    const releases = entries.filter(({ kind }) => kind === 'directory');
    const places = [store, ...releases.map(({ name }) => join(store, name))];
    for (const place of places) files.push(...(await filesIn(place, node)));
  }
  return files;
}

async function filesIn(path: string, node: Node): Promise<NodeFile[]> {
  const entries = await entriesOf(path, node);
  return entries.flatMap(({ name, kind, size }) =>
    kind === 'file' ? [{ path: join(path, name), size }] : [],
  );
}

async function entriesOf(path: string, { root, tell }: Node): Promise<DirectoryEntry[]> {
  try {
    return await listDirectory(diskPathOf(root, path));
  } catch (error) {
    if (!isToolError(error, 'input-unreadable')) throw error;
    if (errorCode(error.cause) !== 'ENOENT') tell(errorMessage(error).what);
    return [];
  }
}

/** Those that are there, whether they can be read or not: which of them are missing only their directory knows. */
async function present(paths: readonly string[], node: Node): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const entries = await entriesOf(dirname(path), node);
    if (entries.some(({ name }) => name === basename(path))) found.push(path);
  }
  return found;
}

function configurationAt(path: string, node: Node): ConfigurationFile[] {
  const text = presentText(path, node);
  if (text === undefined) return [];
  const place = { nodePath: path, diskPath: diskPathOf(node.root, path) };
  const { file, damage } = readConfiguration(place, text);
  if (damage) tellDamage(path, damage, node);
  return [file];
}

/** The keys of the images in a profile. */
function imagesAt(path: string, node: Node): string[] {
  const text = presentText(path, node);
  if (text === undefined) return [];
  const profile = parseTorcxJson(text);
  if ('images' in profile) return profile.images.map(imageKey);
  tellDamage(path, profile, node);
  return [];
}

function tellDamage(path: string, { line, column, reason }: JsonDamage, node: Node): void {
  node.tell(`${diskPathOf(node.root, path)}:${line}:${column} ${reason}`);
}

/** Of a file that a directory has. */
function presentText(path: string, { root, tell }: Node): string | undefined {
  const diskPath = diskPathOf(root, path);
  const file = readTreeFile(diskPath);
  if (file.kind === 'file') return pathText(file.bytes);
  tell(`cannot read '${diskPath}': ${file.kind === 'large' ? 'it is too large' : file.reason}`);
  return undefined;
}

function releaseOf(root: string): OsRelease | undefined {
  const [release] = OS_RELEASE_PATHS.flatMap(path => {
    const text = textAt(path, root);
    return text === undefined ? [] : [parseOsRelease(path, text)];
  });
  return release;
}

function textAt(path: string, root: string): string | undefined {
  const file = readTreeFile(diskPathOf(root, path));
  return file.kind === 'file' ? pathText(file.bytes) : undefined;
}
