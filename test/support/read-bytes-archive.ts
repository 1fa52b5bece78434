import { type ArchiveContents, readArchive } from '../../src/analyze/archive.ts';
import type { Entry } from '../../src/analyze/entry.ts';
import { bytesContent, readBytes } from '../../src/content.ts';

export interface BytesArchiveOptions {
  /** Length of the chunks that the archive is read in; default: all at once. */
  readonly chunkSize?: number;
  /** Whether the archive is a regular file; default: a pipe. */
  readonly random?: boolean;
}

/** Reads an archive that is in memory, with a spool in memory. */
export function readBytesArchive(
  bytes: Uint8Array,
  { chunkSize = bytes.length, random = false }: BytesArchiveOptions = {},
): Promise<ArchiveContents> {
  const spooled: Uint8Array[] = [];
  return readArchive(
    {
      name: 'image.tgz',
      stream: () => reusedChunks(bytes, chunkSize),
      ...(random && { random: bytesContent(bytes) }),
    },
    {
      append: async chunk => {
        // The reader may not let go of the chunk before the spool has it.
        await Promise.resolve();
        spooled.push(new Uint8Array(chunk));
      },
      content: () => bytesContent(Buffer.concat(spooled)),
    },
  );
}

/** An entry in one line and its content: what tests compare. */
export async function describeEntry(entry: Entry): Promise<string> {
  const { path, kind, mode, uid, gid, mtime } = entry;
  const words = [kind, JSON.stringify(path), mode.toString(8), `${uid}:${gid}`, `@${mtime}`];
  for (const [name, value] of entry.xattrs) {
    words.push(`${name}=${Buffer.from(value).toString('hex')}`);
  }
  if ('target' in entry) words.push('->', JSON.stringify(entry.target));
  if ('major' in entry) words.push(`${entry.major},${entry.minor}`);
  if (entry.kind === 'file') {
    words.push(JSON.stringify(Buffer.from(await readBytes(entry.content)).toString('latin1')));
  }
  return words.join(' ');
}

export async function describeEntries(entries: readonly Entry[]): Promise<string[]> {
  return Promise.all(entries.map(describeEntry));
}

/** Overwrites each chunk when the next one is asked for, as a reader with a single buffer does. */
async function* reusedChunks(bytes: Uint8Array, chunkSize: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkSize) {
    const chunk = Buffer.from(bytes.subarray(at, at + chunkSize));
    yield chunk;
    chunk.fill(0xee);
  }
}
