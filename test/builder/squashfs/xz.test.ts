import { expect, test } from 'vitest';
import { expandXzBlock } from '../../../src/builder/squashfs/xz.ts';

/** Made with Python's lzma. */
const STREAMS = {
  crc32:
    '/Td6WFoAAAFpIt42AgAhAQIAAAC875584AFXADFdADCbLEB3OQzz14jDS6oOCfPx0rZw+cx/ExyFR7TQc2ksU/66Icln9k1Lm1j/WUL4AAAAAAAAigEaCgABSdgCAAAAanOO+D4wDYsCAAAAAAFZWg==',
  unchecked:
    '/Td6WFoAAAD/EtlBAgAhAQIAAAC875584AFXADFdADCbLEB3OQzz14jDS6oOCfPx0rZw+cx/ExyFR7TQc2ksU/66Icln9k1Lm1j/WUL4AAAAAAAAAAFF2AIAAAARs0yPqAAK/AIAAAAAAFla',
  x86: '/Td6WFoAAAFpIt42AgEEACEBAgBYUZsx4AFXADFdADCbLEB3OQzz14jDS6oOCfPx0rZw+cx/ExyFR7TQc2ksU/66Icln9k1Lm1j/WUL4AAAAAAAAigEaCgABSdgCAAAAanOO+D4wDYsCAAAAAAFZWg==',
  sha256:
    '/Td6WFoAAArh+wyhAgAhAQIAAAC875584AFXADFdADCbLEB3OQzz14jDS6oOCfPx0rZw+cx/ExyFR7TQc2ksU/66Icln9k1Lm1j/WUL4AAAAAAAAkoC3RH6G5MyW64mohZCQrDmv9Bd6io5qCzdKUVKBKFAAAWXYAgAAACe24Ii26d8cAgAAAAAKWVo=',
  empty: '/Td6WFoAAAFpIt42AAAAABzfRCGQQpkNAQAAAAABWVo=',
  /** A dictionary of 256 MiB for one byte. */
  greedy: '/Td6WFoAAAFpIt42AgAhASAAAAAJiKV2AQAAeAAAAACDFtyMAAEVAaljNGCQQpkNAQAAAAABWVo=',
  /** 1 MiB of zeros. */
  bomb: '/Td6WFoAAAFpIt42AgAhAQIAAAC875587///ANldAABv/f//o7f/Rz5IFXI5YVG4kijmo4YH+e7kHoLTL8U6PAFLsX7JiopNL6MN2X+m44wjEVPgWRjFdYrid/i2lH8MasDedElk4ulcU7IE2PdEDKtfDW1G6eXDdoi3llestk3haR1v+0uIEGxCy4g/XACP0E6vJiiUcR89jyThcJ6nI1/sKMuF0ZWYin4qkfIndfcZwAaYTZj92K/VkA/EJVP49ZE2MQWlsO5vwXBNRwzRkRGqrWAdus6xJxhcWYbpZlJYvul2rFnk5VsFCPnH2q38+1Iq9+SVJQAAAAAAHOo4pwAB8QGAgEAAb9Xu3D4wDYsCAAAAAAFZWg==',
};

type Name = keyof typeof STREAMS;

const SENTENCES = 'all work and no play makes jack a dull boy\n'.repeat(8);

function stream(name: Name): Uint8Array {
  return new Uint8Array(Buffer.from(STREAMS[name], 'base64'));
}

test.each<[name: Name, limit: number, text: string]>([
  ['crc32', 344, SENTENCES],
  ['crc32', 8192, SENTENCES],
  ['unchecked', 344, SENTENCES],
  ['empty', 8192, ''],
  ['bomb', 1 << 20, '\0'.repeat(1 << 20)],
])('%s expands within %d bytes', async (name, limit, text) => {
  const expanded = await expandXzBlock(stream(name), limit);
  expect(Buffer.from(expanded).equals(Buffer.from(text))).toBe(true);
});

test.each<[name: Name, limit: number, message: RegExp]>([
  ['crc32', 343, /more than 343 bytes/],
  ['bomb', 1 << 17, /more than 131072 bytes/],
  ['sha256', 8192, /damaged/],
  ['greedy', 8192, /damaged/],
])('%s does not expand within %d bytes', async (name, limit, message) => {
  await expect(expandXzBlock(stream(name), limit)).rejects.toThrow(RangeError);
  await expect(expandXzBlock(stream(name), limit)).rejects.toThrow(message);
});

test('a BCJ filter is refused with the remedy', async () => {
  const facts = {
    what: expect.stringContaining('BCJ'),
    suggestion: expect.stringContaining('mksquashfs'),
  };
  await expect(expandXzBlock(stream('x86'), 8192)).rejects.toThrow(
    expect.objectContaining({ code: 'tool-missing', facts }),
  );
});

test('what is cut off is refused, wherever', async () => {
  const whole = stream('crc32');
  for (let length = 0; length < whole.length; length += 1) {
    const expanding = expandXzBlock(whole.subarray(0, length), 8192);
    await expect(expanding, `${length} bytes`).rejects.toThrow(RangeError);
  }
});

test('what is damaged is refused, or expands to the right bytes', async () => {
  const whole = stream('crc32');
  for (let at = 0; at < whole.length; at += 1) {
    const damaged = whole.slice();
    damaged.set([(whole[at] ?? 0) ^ 0x10], at);
    const text = await expandXzBlock(damaged, 8192).then(
      bytes => Buffer.from(bytes).toString(),
      (error: unknown) => error,
    );
    // The decoder does not look at the one byte of LZMA that is always zero.
    if (text !== SENTENCES) expect(text, `byte ${at}`).toBeInstanceOf(RangeError);
  }
});

test('blocks that are expanded at the same time do not disturb each other', async () => {
  const names: readonly Name[] = ['crc32', 'bomb', 'sha256', 'crc32', 'bomb', 'unchecked'];
  const results = await Promise.all(
    names.map(name =>
      expandXzBlock(stream(name), 8192).then(
        bytes => bytes.length,
        (error: Error) => error.message,
      ),
    ),
  );
  const tooLong = 'an xz stream of more than 8192 bytes';
  expect(results).toEqual([344, tooLong, 'a damaged xz stream', 344, tooLong, 344]);
});
