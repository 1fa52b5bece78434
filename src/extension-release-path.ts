/** Where the extension-release files of an extension are: one of them is its own. */
export const RELEASE_DIRECTORY = 'usr/lib/extension-release.d';

const PREFIX = 'extension-release.';

/**
 * The longest name of an extension: `extension-release.NAME` is a file in the image, and no Linux file system takes more
 * than 255 bytes in a name. Every other name that is made from it (`.NAME.raw.XXXX`, `NAME.report.json`) is shorter.
 */
export const MAX_EXTENSION_NAME_LENGTH = 255 - PREFIX.length;

/** Where systemd first looks for the metadata of the extension `name`. */
export function extensionReleasePath(name: string): string {
  return `${RELEASE_DIRECTORY}/${PREFIX}${name}`;
}

/** The extension that a file of that path makes of a tree; undefined for any other file. */
export function releasedExtension(path: string): string | undefined {
  const start = extensionReleasePath('');
  const name = path.startsWith(start) ? path.slice(start.length) : '';
  return name === '' || name.includes('/') ? undefined : name;
}
