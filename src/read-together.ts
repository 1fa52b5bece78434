import type { Content } from './content.ts';

const WINDOW_BYTES = 1 << 16;
/** A larger read gains less by company than it loses by being copied. */
const MOST_SHARED = 1 << 14;
/** Between the data of two members of a tar archive lie the rest of a block and a few headers. */
const MOST_BETWEEN = 1 << 12;

/**
 * The same content, of which small reads that follow each other share a large one: each of an archive's 100,000 files
 * would otherwise cost a call to the system whenever it is looked at.
 * @param content whose bytes do not change any more
 */
export function readTogether(content: Content): Content {
  let window = { start: 0, bytes: new Uint8Array(0) };
  let previousEnd = 0;
  return {
    size: content.size,
    async readInto(target, offset) {
      const end = offset + target.length;
      const follows = offset >= previousEnd && offset - previousEnd <= MOST_BETWEEN;
      previousEnd = end;
      if (!follows || target.length > MOST_SHARED || end > content.size) {
        return content.readInto(target, offset);
      }
      let { start, bytes } = window;
      if (offset < start || end > start + bytes.length) {
        start = offset;
        bytes = new Uint8Array(Math.min(WINDOW_BYTES, content.size - offset));
        await content.readInto(bytes, offset);
        window = { start, bytes };
      }
      target.set(bytes.subarray(offset - start, end - start));
    },
  };
}
