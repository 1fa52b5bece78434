import { open } from 'node:fs/promises';
import { READ_FLAGS } from './read-flags.ts';
import { systemName } from './system-name.ts';

const CHUNK_BYTES = 1 << 20;
const NAME = 'torcx';
const NEEDLE = new RegExp(NAME, 'i');
/** What the next chunk may complete: the name without its last letter. */
const OVERLAP = NAME.length - 1;

/**
 * Looks for Torcx's name in a text that is too large to be judged.
 * @returns the first line that has it, from 1; undefined when none has
 */
export async function searchLargeFile(diskPath: string): Promise<number | undefined> {
  const file = await open(systemName(diskPath), READ_FLAGS);
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    let line = 1;
    let tail = '';
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, chunk.length, null);
      if (bytesRead === 0) return;
      const text = tail + chunk.toString('latin1', 0, bytesRead);
      const at = text.search(NEEDLE);
      if (at >= 0) return line + lineEnds(text.slice(0, at));
      tail = text.slice(-OVERLAP);
      line += lineEnds(text.slice(0, -OVERLAP));
    }
  } finally {
    await file.close();
  }
}

function lineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
