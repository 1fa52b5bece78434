import type { Mention } from '../mentions/mention.ts';
import { usualPath } from '../usual-path.ts';

/** What to do about a reference where no edit can be made. */
export function advice({
  reference: { meaning, tail },
  use,
  setting,
}: Mention): string | undefined {
  switch (meaning.kind) {
    case 'bin':
      return meaning.name === undefined ? 'use /usr/bin' : `use /usr/bin/${meaning.name}`;
    case 'unpack':
      return unpacked(meaning.path, tail);
    case 'target':
      return 'leave torcx.target out';
    case 'seal':
      return setting?.key.startsWith('PathE') ? 'remove the unit' : 'leave the file out';
    case 'profile':
      return 'use systemd-sysext list';
    case 'run-dir':
      return use === 'mount' ? 'remove the mount' : 'leave the directory out';
    case 'config':
    case 'store':
      return use === 'mount' ? 'remove the mount' : 'leave it out, once the images are extensions';
    case 'name':
    case 'image-dir':
      return 'leave the variable out';
  }
}

function unpacked(path: string | undefined, tail: string): string {
  if (path === undefined) {
    return tail === ''
      ? 'use the files where the extension has them'
      : 'use the path in the extension';
  }
  if (/^(?:usr\/)?lib\/modules(?:\/|$)/.test(path)) {
    return 'bring the module below /usr/lib/modules in an extension, and load it by modprobe';
  }
  const usual = usualPath(path);
  if (usual !== undefined) return `use ${usual}`;
  return /^(?:usr\/)?lib(?:64)?$/.test(path)
    ? 'use /usr/lib64, or leave it out'
    : `use ${path} where the extension has it`;
}
