import type { FileHandle } from 'node:fs/promises';
import type { Content } from '../content.ts';
import { fileContent } from './file-content.ts';

const WINDOW_BYTES = 1 << 16;
/** More is read faster than it would be copied. */
const MOST_SHARED = 1 << 14;
/** Between the data of two members of a tar archive lie the end of a block and a header or three. */
const MOST_BETWEEN = 1 << 12;

/**
 * The first `size` bytes of a file, which do not change any more. Small reads that follow each other share one large
 * one: each of an archive's 100,000 files would otherwise cost a call whenever it is looked at.
 */
export function settledContent(file: FileHandle, size: number): Content {
  const content = fileContent(file, size);
  let window = { start: 0, bytes: new Uint8Array(0) };
  let previousEnd = 0;
  return {
    size,
    async readInto(target, offset) {
      const end = offset + target.length;
      const follows = offset >= previousEnd && offset - previousEnd <= MOST_BETWEEN;
      previousEnd = end;
      if (!follows || target.length > MOST_SHARED || end > size) {
        return content.readInto(target, offset);
      }
      let { start, bytes } = window;
      if (offset < start || end > start + bytes.length) {
        start = offset;
        bytes = new Uint8Array(Math.min(WINDOW_BYTES, size - offset));
        await content.readInto(bytes, offset);
        window = { start, bytes };
      }
      target.set(bytes.subarray(offset - start, end - start));
    },
  };
}
