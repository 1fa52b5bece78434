import { baseName } from '../path-names.ts';
import type { DockerOptions } from './docker-options.ts';
import { extensionFlags, imageFlags } from './repeat-flags.ts';

/**
 * The arguments that make the same image again, as `repeatConvert` gives them for a conversion.
 * @param options.sha256 of the archive that was used: another one would not make the same image
 */
export function repeatDocker(options: DockerOptions & { readonly sha256: string }): string[] {
  const { name, release, only, sha256 } = options;
  const isDownload = 'url' in release;
  return [
    'torcx2sysext',
    '--docker',
    isDownload ? release.version : baseName(release.path),
    ...(only === undefined ? [] : ['--only', only]),
    ...(isDownload && release.mirror !== undefined ? ['--mirror', release.mirror] : []),
    '--sha256',
    sha256,
    ...imageFlags(options),
    ...extensionFlags(options),
    ...(name.startsWith('-') ? ['--'] : []),
    name,
  ];
}
