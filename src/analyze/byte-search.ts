import { type Content, streamContent } from '../content.ts';

/** A place where a needle stands, with the bytes around it. */
export interface ByteHit {
  /** Bytes from the content's start. */
  readonly offset: number;
  /** The bytes that are in memory around the hit, and where in them it begins. Copy what is kept. */
  readonly window: Buffer;
  readonly at: number;
}

/** How much stays in memory behind a chunk, so that what surrounds a hit at its edge can be seen. */
const OVERLAP = 512;

/**
 * Finds every occurrence of the needles in one pass and constant memory, each once, in no particular order.
 * @param needles shorter than 512 bytes
 */
export async function* searchBytes(
  content: Content,
  needles: readonly Uint8Array[],
): AsyncGenerator<ByteHit, void, undefined> {
  let carried = Buffer.alloc(0);
  let start = 0;
  for await (const chunk of streamContent(content, 1 << 20)) {
    const window = Buffer.concat([carried, chunk]);
    const last = start + window.length === content.size;
    // Hits in the overlap are left to the next window, where more of what follows them is seen.
    const end = last ? window.length : window.length - OVERLAP;
    for (const needle of needles) {
      for (
        let at = window.indexOf(needle);
        at !== -1 && at < end;
        at = window.indexOf(needle, at + 1)
      ) {
        yield { offset: start + at, window, at };
      }
    }
    const kept = Math.max(0, end);
    carried = Buffer.from(window.subarray(kept));
    start += kept;
  }
}
