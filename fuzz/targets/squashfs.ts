import { goldenImage } from '../../test/support/golden-image.ts';
import { file, imageOf, symlink } from '../../test/support/image-trees.ts';
import { RAW_IMAGE } from '../../test/support/raw-image.ts';
import { readBytesArchive } from '../../test/support/read-bytes-archive.ts';
import { unlessRefused } from '../lib/check.ts';
import { checkEntries } from '../lib/check-entries.ts';

/** Any bytes are an image that is refused, or entries that the rest of the program can rely on. */
export async function fuzz(data: Uint8Array): Promise<void> {
  const image = Buffer.from(data);
  // Nothing but the magic number makes a mutation an image.
  image.write('hsqs', 0, 'latin1');
  const contents = await unlessRefused(() => readBytesArchive(image, { random: true }));
  if (contents) await checkEntries(contents);
}

/** Images whose metadata are stored as they are: of compressed ones, most mutations are garbage. */
export async function seeds(): Promise<Uint8Array[]> {
  const xattrs = new Map([['user.a', Buffer.from('attribute')]]);
  const nodes = [file('usr/a', 'text', { xattrs }), file('usr/b', ''), symlink('usr/l', 'a')];
  return [goldenImage(), RAW_IMAGE, await imageOf(nodes)];
}
