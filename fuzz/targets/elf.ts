import { readElf } from '../../src/analyze/elf.ts';
import { findTorcxStrings } from '../../src/analyze/torcx-strings.ts';
import { bytesContent } from '../../src/content.ts';
import { check } from '../lib/check.ts';

/** Any bytes have ELF facts or none; damage is no error, and no fact is larger than the file. */
export async function fuzz(data: Uint8Array): Promise<void> {
  const elf = Buffer.from(data);
  elf.write('\x7fELF', 0, 'latin1');
  const facts = await readElf(bytesContent(elf));
  await findTorcxStrings(bytesContent(elf));
  if (!facts) return;
  const texts = [...facts.needed, ...facts.rpath, ...facts.runpath, facts.interpreter ?? ''];
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  check(length <= 4 * data.length + 8192, () => `${length} characters of ${data.length} bytes`);
}
