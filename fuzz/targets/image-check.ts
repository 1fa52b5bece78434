import { checkImage } from '../../src/builder/squashfs/check-image.ts';
import { bytesContent } from '../../src/content.ts';
import { isToolError } from '../../src/errors.ts';
import { goldenImage } from '../../test/support/golden-image.ts';
import { file, imageOf, symlink } from '../../test/support/image-trees.ts';
import { RAW_IMAGE } from '../../test/support/raw-image.ts';
import { readBytesArchive } from '../../test/support/read-bytes-archive.ts';
import { checkEntries } from '../lib/check-entries.ts';

/** An image that passes the self-check can be read by the reader, as entries that are sound. */
export async function fuzz(data: Uint8Array): Promise<void> {
  try {
    await checkImage(bytesContent(data));
  } catch (error) {
    if (isToolError(error, 'self-check-failed')) return;
    throw error;
  }
  await checkEntries(await readBytesArchive(data, { random: true }));
}

/** Images whose metadata are stored as they are: of compressed ones, most mutations are garbage. */
export async function seeds(): Promise<Uint8Array[]> {
  const xattrs = new Map([['user.a', Buffer.from('attribute')]]);
  const nodes = [file('usr/a', 'text', { xattrs }), file('usr/b', ''), symlink('usr/l', 'a')];
  return [goldenImage(), RAW_IMAGE, await imageOf(nodes)];
}
