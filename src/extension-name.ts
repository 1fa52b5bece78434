import { MAX_EXTENSION_NAME_LENGTH } from './extension-release-path.ts';
import { baseName } from './path-names.ts';
import { usageError } from './usage-error.ts';

/** What Torcx called an image: the name and the reference of a profile's entry. */
export interface TorcxIdentity {
  readonly name: string;
  readonly reference: string;
}

/** The reference of an image whose file name has none: Flatcar's own images. */
export const DEFAULT_REFERENCE = 'com.coreos.cl';

/** Class suffixes that systemd takes off an image's name, so that the extension-release file would not match it. */
const CLASS_SUFFIX = /\.(raw|sysext|confext)$/;

const ARCHIVE_SUFFIX = /(\.torcx)?\.(tgz|tar\.gz|tar|squashfs|raw)$/;

/**
 * Torcx's name of the image in a file, from the file's own name `NAME:REFERENCE.torcx.tgz`. The reference is what
 * follows the last colon. curl -O leaves a colon of an address as `%3A`.
 */
export function torcxIdentity(path: string): TorcxIdentity {
  const stem = baseName(path).replace(ARCHIVE_SUFFIX, '').replaceAll(/%3a/gi, ':');
  const colon = stem.lastIndexOf(':');
  if (colon < 0) return { name: stem, reference: DEFAULT_REFERENCE };
  return { name: stem.slice(0, colon), reference: stem.slice(colon + 1) || DEFAULT_REFERENCE };
}

/** @throws ToolError `usage` when `name` cannot be NAME of NAME.raw; it suggests one that can */
export function assertExtensionName(name: string): void {
  const reason = reasonAgainst(name);
  if (reason === undefined) return;
  throw usageError(`invalid name '${name}': ${reason}`, similarValidName(name));
}

/** Why systemd would not find an extension of that name, undefined for a good one. */
function reasonAgainst(name: string): string | undefined {
  if (!/^[A-Za-z0-9._-]+$/.test(name)) return "letters, digits, '.', '_', '-' only";
  if (name.startsWith('.')) return "must not start with '.'";
  const [suffix] = CLASS_SUFFIX.exec(name) ?? [];
  if (suffix) return `systemd takes '${suffix}' off a name`;
  if (name.length > MAX_EXTENSION_NAME_LENGTH)
    return `longer than ${MAX_EXTENSION_NAME_LENGTH} characters`;
  return undefined;
}

function similarValidName(name: string): string | undefined {
  let similar = name.replaceAll(/[^A-Za-z0-9._-]+/g, '-').slice(0, MAX_EXTENSION_NAME_LENGTH);
  similar = similar.replace(/^[.-]+/, '').replace(/-+$/, '');
  while (CLASS_SUFFIX.test(similar)) similar = similar.replace(CLASS_SUFFIX, '');
  return similar !== '' && reasonAgainst(similar) === undefined ? similar : undefined;
}
