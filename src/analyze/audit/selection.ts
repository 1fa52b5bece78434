import { DEFAULT_REFERENCE, type TorcxIdentity } from '../../extension-name.ts';
import type { ProfileImage, TorcxJson } from './torcx-json.ts';
import { torcxPlace } from './torcx-place.ts';

/** A file of a node that says something about Torcx. */
export interface ConfigurationFile {
  readonly nodePath: string;
  /** As the user knows it. */
  readonly path: string;
  readonly text?: string;
  readonly json?: TorcxJson;
}

/** Which profile of a node is active, which images it selects, and in which files of the stores they are. */
export interface Selection {
  /** What next-profile says. */
  readonly upperProfile?: string;
  /** Selected by the upper profile or one below it, and not Flatcar's own. */
  readonly customImages: readonly SelectedImage[];
  isActive(profile: string): boolean;
  isSelected(image: TorcxIdentity): boolean;
  /** The file that Torcx would have unpacked for an image. */
  storeFile(image: TorcxIdentity): string | undefined;
  /** What one of Torcx's JSON files says; undefined for one that is not there, or broken. */
  jsonAt(nodePath: string): TorcxJson | undefined;
}

export interface SelectedImage extends ProfileImage {
  readonly profile: string;
}

export function selection(files: readonly ConfigurationFile[]): Selection {
  const upperProfile = upper(files);
  const images = selectedImages(files, upperProfile);
  const stores = storeFiles(files);
  return {
    ...(upperProfile !== undefined && { upperProfile }),
    customImages: [...images.values()].filter(isCustom),
    isActive: profile => profile === upperProfile || profile === 'vendor' || profile === 'oem',
    isSelected: ({ name, reference }) => images.get(name)?.reference === reference,
    storeFile: image => stores.get(key(image)),
    jsonAt: nodePath => files.find(file => file.nodePath === nodePath)?.json,
  };
}

/** Not the image that Flatcar brought with it, which its built-in extensions replace. */
export function isCustom({ name, reference }: TorcxIdentity): boolean {
  return reference !== '' && !(name === 'docker' && reference === DEFAULT_REFERENCE);
}

function upper(files: readonly ConfigurationFile[]): string | undefined {
  const text = files.find(({ nodePath }) => torcxPlace(nodePath)?.kind === 'next-profile')?.text;
  const name = text?.trim().split('\n')[0]?.trim();
  return name === '' ? undefined : name;
}

/** The lower profiles apply first; of one name the later reference counts, and an empty one takes the image away. */
function selectedImages(files: readonly ConfigurationFile[], upperProfile: string | undefined) {
  const images = new Map<string, SelectedImage>();
  for (const profile of ['vendor', 'oem', upperProfile]) {
    if (profile === undefined) continue;
    for (const image of profileNamed(files, profile)?.images ?? []) {
      if (image.reference === '') images.delete(image.name);
      else images.set(image.name, { ...image, profile });
    }
  }
  return images;
}

function profileNamed(files: readonly ConfigurationFile[], name: string): TorcxJson | undefined {
  const found = files.filter(({ nodePath }) => {
    const place = torcxPlace(nodePath);
    return place?.kind === 'profile' && place.name === name;
  });
  // A user's profile hides those of the same name below /usr.
  const own = found.find(({ nodePath }) => nodePath.startsWith('/etc/'));
  return (own ?? found[0])?.json;
}

/** The stores in the order in which Torcx searched them; a squashfs wins over a tgz of the same directory. */
function storeFiles(files: readonly ConfigurationFile[]): Map<string, string> {
  const configured = files.flatMap(({ json }) => json?.storePaths ?? []);
  const rank = (nodePath: string) => {
    const directory = nodePath.slice(0, nodePath.lastIndexOf('/'));
    const patterns = [
      /^\/usr\/share\/torcx\/store/,
      /^\/usr\/share\/oem\/torcx\/store\/./,
      /^\/usr\/share\/oem\//,
    ];
    const index = patterns.findIndex(pattern => pattern.test(nodePath));
    if (index >= 0) return index;
    const own = configured.indexOf(directory);
    if (own >= 0) return patterns.length + own;
    return patterns.length + configured.length + (directory === '/var/lib/torcx/store' ? 1 : 0);
  };
  const images = files.flatMap(({ nodePath, path }) => {
    const place = torcxPlace(nodePath);
    if (place?.kind !== 'image') return [];
    return [{ path, id: key(place.image), rank: rank(nodePath), format: place.format }];
  });
  images.sort(
    (a, b) =>
      a.rank - b.rank || (a.format === 'squashfs' ? 0 : 1) - (b.format === 'squashfs' ? 0 : 1),
  );
  const result = new Map<string, string>();
  for (const { id, path } of images) if (!result.has(id)) result.set(id, path);
  return result;
}

function key({ name, reference }: TorcxIdentity): string {
  return `${name}:${reference}`;
}
