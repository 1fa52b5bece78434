import type { FileHandle } from 'node:fs/promises';
import type { Content } from '../content.ts';

/** The first `size` bytes of an open file. A file that got shorter since ends in a RangeError. */
export function fileContent(file: FileHandle, size: number): Content {
  return {
    size,
    async readInto(target, offset) {
      if (offset + target.length > size) {
        throw new RangeError(`${target.length} bytes at ${offset} lie beyond the end (${size})`);
      }
      for (let done = 0; done < target.length; ) {
        const { bytesRead } = await file.read(target, done, target.length - done, offset + done);
        if (bytesRead === 0)
          throw new RangeError(`the file ends at ${offset + done}, not at ${size}`);
        done += bytesRead;
      }
    },
  };
}

/** Writes all of `chunks` from `position` on; one call to the system where it takes everything at once. */
export async function writeAll(
  file: FileHandle,
  chunks: readonly Uint8Array[],
  position: number,
): Promise<void> {
  let rest = chunks.filter(chunk => chunk.length > 0);
  let at = position;
  while (rest.length > 0) {
    const { bytesWritten } = await file.writev(rest, at);
    at += bytesWritten;
    rest = skipBytes(rest, bytesWritten);
  }
}

function skipBytes(chunks: readonly Uint8Array[], count: number): Uint8Array[] {
  let left = count;
  const rest: Uint8Array[] = [];
  for (const chunk of chunks) {
    const skipped = Math.min(left, chunk.length);
    left -= skipped;
    if (skipped < chunk.length) rest.push(chunk.subarray(skipped));
  }
  return rest;
}
