import { readSync, writevSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { Content } from '../content.ts';

/**
 * After so many bytes the event loop gets a turn: results of threads, signals and progress must not wait for the end of
 * a large file, or of a thousand small ones.
 */
const TURN_BYTES = 1 << 20;
/** What a call costs besides its bytes, expressed in bytes. */
const CALL_BYTES = 1 << 12;

/**
 * The first `size` bytes of an open file. A file that got shorter since ends in a RangeError. Reads are synchronous, since
 * they are of what was written a moment ago: a trip through the thread pool costs more than to copy a megabyte.
 */
export function fileContent(file: FileHandle, size: number): Content {
  let sinceTurn = 0;
  return {
    size,
    async readInto(target, offset) {
      if (offset + target.length > size) {
        throw new RangeError(`${target.length} bytes at ${offset} lie beyond the end (${size})`);
      }
      sinceTurn += CALL_BYTES + target.length;
      if (sinceTurn > TURN_BYTES) {
        sinceTurn = 0;
        await setImmediate();
      }
      for (let done = 0; done < target.length; ) {
        const bytesRead = readSync(file.fd, target, done, target.length - done, offset + done);
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
    const bytesWritten = writevSync(file.fd, rest, at);
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
