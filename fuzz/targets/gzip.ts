import { readBytesArchive } from '../../test/support/read-bytes-archive.ts';
import { unlessRefused } from '../lib/check.ts';
import { checkEntries } from '../lib/check-entries.ts';

/** As for tar, with whatever may be wrong about the compression; in chunks that cut everything in two. */
export async function fuzz(data: Uint8Array): Promise<void> {
  const contents = await unlessRefused(() => readBytesArchive(data, { chunkSize: 97 }));
  if (contents) await checkEntries(contents);
}
