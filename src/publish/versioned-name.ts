/** What an image that is published is called: `NAME-VERSION-ARCH.raw`. */
export interface VersionedImage {
  /** NAME of NAME.raw. */
  readonly name: string;
  readonly version: string;
  /** systemd's name of the architecture; absent for an image that every machine takes. */
  readonly architecture?: string;
}

/** The file's name. systemd-sysext knows the image by that of a link to it, `NAME.raw`. */
export function versionedName({ name, version, architecture }: VersionedImage): string {
  return fileName(name, version, architecture);
}

/**
 * What systemd-sysupdate matches such names with, see sysupdate.d(5): `@v` is the version, `%a` the architecture of the
 * node that asks, so that one transfer file serves them all.
 */
export function versionPattern({
  name,
  architecture,
}: Pick<VersionedImage, 'name' | 'architecture'>): string {
  return fileName(name, '@v', architecture && '%a');
}

function fileName(name: string, version: string, architecture: string | undefined): string {
  return `${[name, version, ...(architecture === undefined ? [] : [architecture])].join('-')}.raw`;
}
