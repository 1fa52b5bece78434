import type { ConfigurationFile } from './configuration-file.ts';
import { OS_RELEASE_PATHS } from './os-release.ts';
import { storeDirectories } from './store-files.ts';

/**
 * What has a say in how a node's files are judged, wherever the user wants to look: the profiles and stores of Torcx,
 * the extensions, and the release. It is read once something of Torcx has turned up, and never judged itself.
 */
export const CONTEXT_PATHS: readonly string[] = [
  ...OS_RELEASE_PATHS,
  '/etc/torcx',
  '/etc/coreos/docker-1.12',
  '/etc/flatcar/docker-1.12',
  '/etc/extensions',
  '/oem/torcx',
  '/usr/share/oem/torcx',
  '/usr/share/torcx',
  '/usr/share/flatcar/etc/extensions',
  '/var/lib/torcx',
];

/** Further stores that a node's own configuration names. */
export function configuredStores(files: readonly ConfigurationFile[]): string[] {
  return storeDirectories(files).filter(
    directory =>
      directory.startsWith('/') && !CONTEXT_PATHS.some(path => directory.startsWith(`${path}/`)),
  );
}
