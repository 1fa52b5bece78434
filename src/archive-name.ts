/** Names of archives as Torcx and people call them, the ones that most certainly are images first. */
export const ARCHIVE_SUFFIXES: readonly string[] = [
  '.torcx.tgz',
  '.torcx.squashfs',
  '.tgz',
  '.tar.gz',
  '.tar',
  '.squashfs',
];

/** What a file may be by its name: an image of Torcx, an archive that can be converted, or something else. */
export function archiveKind(name: string): 'image' | 'archive' | 'file' {
  const suffix = ARCHIVE_SUFFIXES.find(one => name.endsWith(one) && name.length > one.length);
  if (suffix === undefined) return 'file';
  return suffix.startsWith('.torcx.') ? 'image' : 'archive';
}
