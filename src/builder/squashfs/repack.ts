/** What a user can do about an image that unsquashfs reads, and this program does not. */
export const REPACK =
  'pack it anew: unsquashfs -d TREE IMAGE && mksquashfs TREE NEW-IMAGE -comp gzip, and convert NEW-IMAGE';
