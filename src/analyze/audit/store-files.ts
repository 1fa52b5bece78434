import type { TorcxIdentity } from '../../extension-name.ts';
import { groupBy } from '../../group-by.ts';
import type { ConfigurationFile } from './configuration-file.ts';
import { torcxPlace } from './torcx-place.ts';

/** The files of a node's images, by `NAME:REFERENCE`; of each image the one first that Torcx took. */
export type StoreFiles = ReadonlyMap<string, readonly ConfigurationFile[]>;

/** @param release of the node, as long as Torcx runs on it */
export function storeFiles(
  files: readonly ConfigurationFile[],
  release: string | undefined,
): StoreFiles {
  const stores = storeDirectories(files);
  const images = files.flatMap(file => {
    const place = torcxPlace(file.nodePath);
    if (place?.kind !== 'image') return [];
    const format = place.format === 'squashfs' ? 0 : 1;
    return [{ file, key: imageKey(place.image), format, ...storeRank(file, stores, release) }];
  });
  images.sort(
    (a, b) => a.rank - b.rank || compareReleases(b.version, a.version) || a.format - b.format,
  );
  const byKey = [...groupBy(images, ({ key }) => key)];
  return new Map(byKey.map(([key, group]) => [key, group.map(({ file }) => file)]));
}

/** The key of an image in {@link StoreFiles}. */
export function imageKey({ name, reference }: TorcxIdentity): string {
  return `${name}:${reference}`;
}

/** The release whose store a file is in: Torcx read `STORE/VERSION_ID` on that release alone. */
export function storeVersion(nodePath: string): string | undefined {
  return /\/(\d+\.\d+\.\d+(?:[-+][^/]*)?)\/[^/]+$/.exec(nodePath)?.[1];
}

const VENDOR_STORE = '/usr/share/torcx/store';
const OEM_STORE = '/usr/share/oem/torcx/store';
/** What `base_dir` is when nobody says otherwise. */
const BASE_DIRECTORY = '/var/lib/torcx';

/** In the order in which Torcx searched them. */
export function storeDirectories(files: readonly ConfigurationFile[]): string[] {
  const config = files.find(({ nodePath }) => torcxPlace(nodePath)?.kind === 'config')?.json;
  const base = withoutSlash(config?.baseDirectory || BASE_DIRECTORY);
  const configured = (config?.storePaths ?? []).map(withoutSlash);
  return [VENDOR_STORE, OEM_STORE, ...configured, `${base}/store`];
}

/** Behind every store that this node reads. */
const UNREAD = 1e6;

/** A directory of the release comes before the store that it is in; a squashfs wins over a tgz of its directory. */
function storeRank(
  { nodePath }: ConfigurationFile,
  stores: readonly string[],
  release: string | undefined,
) {
  const version = storeVersion(nodePath);
  const directory = nodePath
    .slice(0, nodePath.lastIndexOf('/'))
    .replace(/^\/oem\//, '/usr/share/oem/');
  const store = version === undefined ? directory : directory.slice(0, directory.lastIndexOf('/'));
  const index = stores.indexOf(store);
  const isRead =
    index >= 0 && (version === undefined || release === undefined || version === release);
  const rank = index * 2 + (version === undefined ? 1 : 0);
  return { rank: isRead ? rank : UNREAD, version: version ?? '' };
}

function compareReleases(a: string, b: string): number {
  const [left = [], right = []] = [a, b].map(text => text.split('.').map(Number));
  for (let index = 0; index < 3; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
  }
  return 0;
}

function withoutSlash(path: string): string {
  return path.replace(/(?<=.)\/+$/, '');
}
