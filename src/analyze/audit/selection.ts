import { DEFAULT_REFERENCE, type TorcxIdentity } from '../../extension-name.ts';
import type { ConfigurationFile } from './configuration-file.ts';
import { type OsRelease, torcxRelease } from './os-release.ts';
import { imageKey, storeFiles, storeVersion } from './store-files.ts';
import type { ProfileImage, TorcxJson } from './torcx-json.ts';
import { torcxPlace } from './torcx-place.ts';

/** Which profile of a node is active, which images it selects, and in which files of the stores they are. */
export interface Selection {
  /** What next-profile says. */
  readonly upperProfile?: string;
  /** Selected by the upper profile or one below it, and not Flatcar's own. */
  readonly customImages: readonly SelectedImage[];
  isActive(profile: string): boolean;
  isSelected(image: TorcxIdentity): boolean;
  /** The file that Torcx would have unpacked for an image, or else another one of it. */
  storeFile(image: TorcxIdentity): ConfigurationFile | undefined;
  /** Whether the node is known to be of another release than the store that a file is in. */
  isOfOtherRelease(nodePath: string): boolean;
  /** What one of Torcx's JSON files says; undefined for one that is not there, or broken. */
  jsonAt(nodePath: string): TorcxJson | undefined;
}

export interface SelectedImage extends ProfileImage {
  readonly profile: string;
}

/** @param files Torcx's own of one node */
export function selection(files: readonly ConfigurationFile[], release?: OsRelease): Selection {
  const upperProfile = upper(files);
  const profiles = [vendorProfile(files), 'oem', upperProfile];
  const images = selectedImages(files, profiles);
  const version = torcxRelease(release);
  const stores = storeFiles(files, version);
  return {
    ...(upperProfile !== undefined && { upperProfile }),
    customImages: [...images.values()].filter(isCustom),
    isActive: profile => profiles.includes(profile),
    isSelected: ({ name, reference }) => images.get(name)?.reference === reference,
    storeFile: image => stores.get(imageKey(image))?.[0],
    isOfOtherRelease: nodePath =>
      version !== undefined && (storeVersion(nodePath) ?? version) !== version,
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

/** The switch of old times chose among Flatcar's own profiles, as long as it had the one of that name. */
function vendorProfile(files: readonly ConfigurationFile[]): string {
  const text = files.find(({ nodePath }) => torcxPlace(nodePath)?.kind === 'docker-switch')?.text;
  const name = `docker-1.12-${text?.trim()}`;
  return profileNamed(files, name) ? name : 'vendor';
}

/** The lower profiles apply first; of one name the later reference counts, and an empty one takes the image away. */
function selectedImages(
  files: readonly ConfigurationFile[],
  profiles: readonly (string | undefined)[],
) {
  const images = new Map<string, SelectedImage>();
  for (const profile of profiles) {
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
