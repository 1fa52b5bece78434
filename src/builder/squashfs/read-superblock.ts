import { type Content, readBytes } from '../../content.ts';
import { ToolError } from '../../errors.ts';
import { MAX_BLOCK_SIZE, MIN_BLOCK_SIZE, SUPERBLOCK_SIZE } from './format.ts';
import { REPACK } from './repack.ts';
import { FIELD_OFFSETS, parseSuperblock, type Superblock } from './superblock.ts';

/**
 * The superblock of a SquashFS 4.0 image that has all its bytes. Its relatives are refused by name.
 * @param path names the image in errors
 * @throws ToolError input-not-archive, archive-truncated, archive-corrupt
 */
export async function readSuperblock(image: Content, path: string): Promise<Superblock> {
  const magic = Buffer.from(await readBytes(image, 0, Math.min(4, image.size))).toString('latin1');
  if (magic !== 'hsqs') {
    const relative = RELATIVES[magic] ?? { kind: 'no SquashFS image' };
    throw new ToolError('input-not-archive', { path, ...relative });
  }
  if (image.size < SUPERBLOCK_SIZE) throw truncated(image);
  const superblock = parseSuperblock(await readBytes(image, 0, SUPERBLOCK_SIZE));
  const { major, minor, bytesUsed } = superblock;
  if (major !== 4 || minor !== 0) {
    const kind = `a SquashFS image of version ${major}.${minor}`;
    throw new ToolError('input-not-archive', { path, kind, suggestion: REPACK });
  }
  if (bytesUsed > image.size) throw truncated(image);
  assertBlockSize(superblock);
  return superblock;
}

interface Relative {
  readonly kind: string;
  readonly suggestion?: string;
}

/** By what stands where a 4.0 image has "hsqs". */
const RELATIVES: Readonly<Record<string, Relative>> = {
  sqsh: { kind: 'a big-endian SquashFS image of version 3 or older', suggestion: REPACK },
  SQSH: {
    kind: 'a SquashFS image that mksquashfs -stream has left unfinished',
    suggestion: 'finish it with mksquashfs -fix',
  },
  shsq: { kind: 'a SquashFS image of a vendor variant with LZMA' },
  qshs: { kind: 'a big-endian SquashFS image of a vendor variant with LZMA' },
};

function assertBlockSize({ blockSize, blockLog }: Superblock): void {
  const inRange = blockSize >= MIN_BLOCK_SIZE && blockSize <= MAX_BLOCK_SIZE;
  if (inRange && blockSize === 2 ** blockLog) return;
  throw new ToolError('archive-corrupt', {
    at: FIELD_OFFSETS.blockSize,
    entry: 0,
    reason: `block size ${blockSize}`,
  });
}

function truncated(image: Content): ToolError {
  return new ToolError('archive-truncated', { at: image.size, entry: 0 });
}
