import type { Content } from '../content.ts';

/** A place where a needle stands, with the bytes around it. */
export interface ByteHit {
  /** Bytes from the content's start. */
  readonly offset: number;
  /** The bytes that are in memory around the hit, and where in them it begins. Copy what is kept. */
  readonly window: Buffer;
  readonly at: number;
}

const WINDOW = 1 << 20;
/** How far each window reaches into the next, so that what surrounds a hit at its edge can be seen. */
const OVERLAP = 512;

/**
 * Finds every occurrence of the needles in one pass and constant memory, each once, in no particular order. The window
 * of a hit is overwritten when the next hit is asked for.
 * @param needles shorter than 512 bytes
 */
export async function* searchBytes(
  content: Content,
  needles: readonly Uint8Array[],
): AsyncGenerator<ByteHit, void, undefined> {
  const buffer = Buffer.alloc(Math.min(WINDOW + OVERLAP, content.size));
  for (let start = 0; start < content.size; start += WINDOW) {
    const window = buffer.subarray(0, Math.min(buffer.length, content.size - start));
    await content.readInto(window, start);
    // Hits in the overlap are left to the next window, where more of what follows them is seen.
    const end = start + window.length === content.size ? window.length : WINDOW;
    for (const needle of needles) {
      for (
        let at = window.indexOf(needle);
        at !== -1 && at < end;
        at = window.indexOf(needle, at + 1)
      ) {
        yield { offset: start + at, window, at };
      }
    }
    if (end === window.length) return;
  }
}
