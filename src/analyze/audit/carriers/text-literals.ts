import { mappedEmbedding } from '../embedding.ts';
import { decodeEscaped } from '../escaped-text.ts';
import type { EmbeddedText } from './provisioned-files.ts';

/** Longer ones are data. */
const LONGEST = 100_000;
const UNIT = /(?:^|\n)[ \t]*\[(?:Unit|Install|Service|Socket|Mount|Timer|Path)\][ \t]*\r?(?:\n|$)/;

/** Raw strings over several lines of Go, JavaScript and Python that hold a unit or a script. */
export function textLiterals(text: string): EmbeddedText[] {
  const found: EmbeddedText[] = [];
  for (const quote of ['`', '"""', "'''"]) {
    for (let at = text.indexOf(quote); at >= 0; ) {
      const start = at + quote.length;
      const end = text.indexOf(quote, start);
      if (end < 0) break;
      const body = end - start > LONGEST ? '' : text.slice(start, end);
      if (UNIT.test(body) || body.startsWith('#!')) {
        const offsets = Array.from({ length: body.length + 1 }, (_, index) => start + index);
        const embedding = mappedEmbedding({ text: body, offsets, encode: change => change });
        found.push({ embedding, nodePath: '' });
      }
      at = text.indexOf(quote, end + quote.length);
    }
  }
  return found;
}

const ESCAPED_UNIT =
  /["'](?=(?:\\n)?\[(?:Unit|Install|Service|Socket|Mount|Timer|Path)\](?:\\r)?\\n)/g;

/** Units on one line, with `\n` for their line ends: strings of programs, arguments of `printf` and `echo -e`. */
export function unitLiterals(text: string): EmbeddedText[] {
  const found: EmbeddedText[] = [];
  let next = 0;
  for (const { 0: quote, index } of text.matchAll(ESCAPED_UNIT)) {
    if (index < next) continue;
    const decoded = decodeEscaped(text, index + 1, quote);
    // Where the quote is not closed, none of those behind it on the line has to be looked for again.
    next = decoded?.offsets.at(-1) ?? (text.indexOf('\n', index) + 1 || text.length);
    if (!decoded) continue;
    found.push({ embedding: mappedEmbedding({ ...decoded, encode: encodePlain }), nodePath: '' });
  }
  return found;
}

/** What no program and no shell reads as more than itself. */
function encodePlain(text: string): string | undefined {
  if (/["'`$\\%]/.test(text)) return;
  return text.replaceAll('\n', '\\n');
}
