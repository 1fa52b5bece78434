import { readBytesArchive } from '../../test/support/read-bytes-archive.ts';
import { unlessRefused } from '../lib/check.ts';
import { checkEntries } from '../lib/check-entries.ts';
import { sealedTar } from '../lib/sealed-tar.ts';

/** Any bytes are an archive that is refused, or entries that the rest of the program can rely on. */
export async function fuzz(data: Uint8Array): Promise<void> {
  const contents = await unlessRefused(() => readBytesArchive(sealedTar(data)));
  if (contents) await checkEntries(contents);
}
