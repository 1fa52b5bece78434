import { type Content, streamContent } from '../content.ts';

/** A place in a file that is no text where a Torcx path or variable stands. */
export interface TorcxString {
  /** Bytes from the file's start. */
  readonly offset: number;
  /** The printable characters around it. */
  readonly text: string;
}

const NEEDLES = ['/run/torcx', '/run/metadata/torcx', 'TORCX_BINDIR', 'TORCX_UNPACKDIR'].map(text =>
  Buffer.from(text, 'latin1'),
);
const LONGEST = Math.max(...NEEDLES.map(needle => needle.length));
/** Enough for a report; a file made of nothing else must not fill the memory. */
const MAX_FOUND = 20;
const MAX_TEXT = 200;

/** Looks for Torcx's paths and variables in bytes of any kind, in one pass and constant memory. */
export async function findTorcxStrings(content: Content): Promise<readonly TorcxString[]> {
  const found: TorcxString[] = [];
  let carried = Buffer.alloc(0);
  let start = 0;
  for await (const chunk of streamContent(content, 1 << 20)) {
    const window = Buffer.concat([carried, chunk]);
    for (const offset of hits(window)) {
      if (found.length < MAX_FOUND)
        found.push({ offset: start + offset, text: textAround(window, offset) });
    }
    // One byte less than the longest needle, so that a hit over the seam is found once and a whole one not twice.
    const kept = Math.min(window.length, LONGEST - 1);
    carried = Buffer.from(window.subarray(window.length - kept));
    start += window.length - kept;
  }
  const unique = new Map(found.map(hit => [hit.offset, hit]));
  return [...unique.values()].sort((a, b) => a.offset - b.offset);
}

function* hits(window: Buffer): Generator<number> {
  for (const needle of NEEDLES) {
    for (let at = window.indexOf(needle); at !== -1; at = window.indexOf(needle, at + 1)) yield at;
  }
}

function textAround(window: Buffer, offset: number): string {
  const printable = (at: number) => {
    const byte = window[at] ?? 0;
    return byte >= 0x20 && byte < 0x7f;
  };
  let from = offset;
  while (from > 0 && offset - from < MAX_TEXT && printable(from - 1)) from -= 1;
  let to = offset;
  while (to < window.length && to - offset < MAX_TEXT && printable(to)) to += 1;
  return window.toString('latin1', from, to);
}
