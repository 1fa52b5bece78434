import { describe, expect, test } from 'vitest';
import { openDecompressor } from '../../../src/builder/squashfs/decompressor.ts';
import { COMPRESSION_IDS } from '../../../src/builder/squashfs/format.ts';
import { toolErrorOf } from '../../support/catch-error.ts';

describe('zstd', () => {
  test.each([
    ['8 MiB, as every decoder has it', 0x68, undefined],
    ['9 MiB', 0x69, /a frame with a window of 9437184 bytes/],
    ['2^41 bytes', 0xf8, /a frame with a window of 2199023255552 bytes/],
  ])('a frame that wants a window of %s', async (_, window, reason) => {
    const expand = await openDecompressor(COMPRESSION_IDS.zstd);
    const expanded = async () => Buffer.from(await expand(storedFrame(window), 100)).toString();
    if (reason) await expect(expanded()).rejects.toThrow(reason);
    else expect(await expanded()).toBe('abc');
  });

  /** RFC 8878: a frame with a window descriptor and one raw block, the last. */
  function storedFrame(window: number): Uint8Array {
    const text = Buffer.from('abc');
    const block = [(text.length << 3) | 1, 0, 0];
    return Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, window, ...block, ...text);
  }
});

test.each([
  ['lzo', COMPRESSION_IDS.lzo, 'tool-missing'],
  ['lzma', COMPRESSION_IDS.lzma, 'tool-missing'],
  ['an unknown one', 7, 'archive-corrupt'],
])('there is no decoder for %s', async (_, id, code) => {
  expect(await toolErrorOf(() => openDecompressor(id))).toMatchObject({ code });
});
