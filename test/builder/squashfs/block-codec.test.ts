import { stdout, versions } from 'node:process';
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { isZero, openCodec, packBlocks } from '../../../src/builder/squashfs/block-codec.js';
import { openDecompressor } from '../../../src/builder/squashfs/decompressor.ts';
import { COMPRESSION_IDS } from '../../../src/builder/squashfs/format.ts';
import { parseZstdFrame } from '../../../src/builder/squashfs/zstd-frame.ts';
import { loadZstdWasm } from '../../../src/builder/squashfs/zstd-wasm.js';
import { noise, prose } from '../../support/image-trees.ts';

const KIB = 1024;
const hasPinnedZstd = versions.zstd === '1.5.7';
if (!hasPinnedZstd) {
  stdout.write(`native zstd is ${versions.zstd ?? 'absent'}: nothing to compare with WASM\n`);
}

describe.skipIf(!hasPinnedZstd)('native zstd gives the bytes of the WASM module', () => {
  const sizes = [1, 300, 8 * KIB, 128 * KIB - 1, 128 * KIB, 256 * KIB, 512 * KIB, KIB * KIB];
  const cases = sizes.flatMap(size => [1, 3, 6, 9, 15].map(level => [size, level] as const));
  test.each(cases)('%i bytes, level %i', async (size, level) => {
    const native = await openCodec({ name: 'zstd', level });
    const { compress } = await loadZstdWasm();
    const block = mixed(size);
    expect(Buffer.compare(native(block), compress(block, level))).toBe(0);
  });
});

test.each([1, 22])(
  'zstd level %i makes single-segment frames that tell their size',
  async level => {
    const compress = await openCodec({ name: 'zstd', level });
    const frame = parseZstdFrame(compress(mixed(128 * KIB)));
    expect(frame).toMatchObject({ contentSize: 128 * KIB, singleSegment: true, dictionaryId: 0 });
  },
);

test('gzip blocks are zlib streams', async () => {
  const compress = await openCodec({ name: 'gzip', level: 9 });
  const block = prose(20 * KIB);
  expect(new Uint8Array(inflateSync(compress(block)))).toEqual(new Uint8Array(block));
});

test.each(['zstd', 'gzip'] as const)(
  '%s blocks are packed in place, holes and raw ones too',
  async name => {
    const compress = await openCodec({ name, level: 6 });
    const blocks = [noise(5000), new Uint8Array(5000), prose(5000), noise(700, 9), prose(10)];
    const buffer = new ArrayBuffer(16 * KIB);
    new Uint8Array(buffer).set(Buffer.concat(blocks));
    const { words, length } = packBlocks(
      compress,
      buffer,
      Uint32Array.from(blocks, block => block.length),
    );
    const decompress = await openDecompressor(COMPRESSION_IDS[name]);
    let at = 0;
    const expanded = await Promise.all(
      Array.from(words, (word, index) => {
        const stored = new Uint8Array(buffer, at, word & 0xffffff);
        at += stored.length;
        if (word === 0) return new Uint8Array(5000);
        return word >> 24 ? stored : decompress(stored, blocks[index]?.length ?? 0);
      }),
    );
    expect(at).toBe(length);
    expect(Array.from(words, word => word >> 24)).toEqual([1, 0, 0, 1, 1]);
    expect(words[1]).toBe(0);
    expect(expanded.map(block => Buffer.from(block))).toEqual(
      blocks.map(block => Buffer.from(block)),
    );
  },
);

test('only zeros are zero', () => {
  expect(isZero(new Uint8Array(1 << 20))).toBe(true);
  expect(isZero(Uint8Array.of(0, 0, 1))).toBe(false);
  expect(isZero(Uint8Array.of(1, 0, 0))).toBe(false);
});

test('a level that does not exist is refused', async () => {
  await expect(openCodec({ name: 'gzip', level: 10 })).rejects.toThrow(RangeError);
});

/** Half text, half noise: several kinds of zstd blocks. */
function mixed(size: number): Uint8Array {
  return new Uint8Array(Buffer.concat([prose(Math.ceil(size / 2)), noise(Math.floor(size / 2))]));
}

test('codecs that are opened while another one works do not disturb it', async () => {
  const first = await openCodec({ name: 'zstd', level: 6 });
  const expected = first(mixed(64 * KIB));
  for (let round = 0; round < 5; round += 1) {
    const [compress] = await Promise.all([
      openCodec({ name: 'zstd', level: 6 }),
      openDecompressor(6),
    ]);
    await new Promise(resolve => setTimeout(resolve, 5));
    expect(Buffer.compare(compress(mixed(64 * KIB)), expected)).toBe(0);
    expect(Buffer.compare(first(mixed(64 * KIB)), expected)).toBe(0);
  }
});
