import type { Content } from '../content.ts';
import { type ByteHit, searchBytes } from './byte-search.ts';

/** A place in a file that is no text where a Torcx path or variable stands. */
export interface TorcxString {
  /** Bytes from the file's start. */
  readonly offset: number;
  /** The printable characters around it. */
  readonly text: string;
}

/** Few and short, since every byte of every program is compared with them; the pattern then decides. */
const NEEDLES = ['/torcx', 'TORCX_'].map(text => Buffer.from(text, 'latin1'));
const TORCX_TEXT =
  /\/run\/(metadata\/)?torcx\b|\/(etc|var\/lib|usr\/share(\/oem)?)\/torcx\b|TORCX_(BINDIR|UNPACKDIR|IMAGEDIR)/;
/** Enough for a report; a file made of nothing else must not fill the memory. */
const MAX_FOUND = 20;
const MAX_TEXT = 200;

/** Looks for Torcx's paths and variables in bytes of any kind. */
export async function findTorcxStrings(content: Content): Promise<readonly TorcxString[]> {
  const found: TorcxString[] = [];
  for await (const hit of searchBytes(content, NEEDLES)) {
    const text = textAround(hit);
    if (!TORCX_TEXT.test(text)) continue;
    found.push({ offset: hit.offset, text });
    if (found.length >= MAX_FOUND) break;
  }
  return found.sort((a, b) => a.offset - b.offset);
}

function textAround({ window, at }: ByteHit): string {
  const printable = (index: number) => {
    const byte = window[index] ?? 0;
    return byte >= 0x20 && byte < 0x7f;
  };
  let from = at;
  while (from > 0 && at - from < MAX_TEXT && printable(from - 1)) from -= 1;
  let to = at;
  while (to < window.length && to - at < MAX_TEXT && printable(to)) to += 1;
  return window.toString('latin1', from, to);
}
