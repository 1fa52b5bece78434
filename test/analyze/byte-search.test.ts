import fc from 'fast-check';
import { expect, it } from 'vitest';
import { searchBytes } from '../../src/analyze/byte-search.ts';
import { readVermagic } from '../../src/analyze/kernel-module.ts';
import { findTorcxStrings } from '../../src/analyze/torcx-strings.ts';
import { bytesContent } from '../../src/content.ts';

async function offsets(bytes: Uint8Array, needle: string): Promise<number[]> {
  const found: number[] = [];
  for await (const { offset, window, at } of searchBytes(bytesContent(bytes), [
    Buffer.from(needle),
  ])) {
    expect(window.subarray(at, at + needle.length).toString()).toBe(needle);
    found.push(offset);
  }
  return found.sort((a, b) => a - b);
}

it('finds each occurrence once, wherever the windows end', async () => {
  const MIB = 1 << 20;
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(
        fc.oneof(
          fc.nat(3 * MIB - 16),
          fc.integer({ min: MIB - 20, max: MIB + 540 }),
          fc.integer({ min: 2 * MIB - 20, max: 2 * MIB + 540 }),
        ),
        { maxLength: 6, selector: place => Math.floor(place / 16) },
      ),
      fc.constantFrom(3 * MIB, 3 * MIB - 1, 3 * MIB - 7),
      async (places, size) => {
        const bytes = Buffer.alloc(size);
        const kept = places
          .map(place => Math.floor(place / 16) * 16)
          .filter(place => place + 7 <= size)
          .sort((a, b) => a - b);
        for (const place of kept) bytes.write('needle!', place);
        expect(await offsets(bytes, 'needle!')).toEqual(kept);
      },
    ),
    { numRuns: 40 },
  );
});

it('finds nothing in nothing', async () => {
  expect(await offsets(new Uint8Array(), 'x')).toEqual([]);
});

it('shows the printable characters around a Torcx path', async () => {
  const bytes = Buffer.from(
    '\0\x01look in /run/torcx/bin for it\0TORCX_BINDIR\0/run/metadata/torcx\n/srv/torcx\0MY_TORCX_ZFS',
  );
  expect(await findTorcxStrings(bytesContent(bytes))).toEqual([
    { offset: 14, text: 'look in /run/torcx/bin for it' },
    { offset: 32, text: 'TORCX_BINDIR' },
    { offset: 58, text: '/run/metadata/torcx' },
  ]);
});

it.each([
  [
    '\x7fELF\0license=GPL\0vermagic=6.1.77-flatcar SMP mod_unload \0depends=\0',
    '6.1.77-flatcar SMP mod_unload',
  ],
  ['\x7fELF\0license=GPL\0', undefined],
  ['\0vermagic=no end', undefined],
])('reads the vermagic of %j', async (text, expected) => {
  expect(await readVermagic(bytesContent(Buffer.from(text, 'latin1')))).toBe(expected);
});
