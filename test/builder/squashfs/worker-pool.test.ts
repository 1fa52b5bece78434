import { expect, test } from 'vitest';
import { codecFailure } from '../../../src/builder/squashfs/codec-failure.ts';
import { openCompressor } from '../../../src/builder/squashfs/compressor.ts';
import { WorkerPool } from '../../../src/builder/squashfs/worker-pool.ts';
import { NO_WASM_MEMORY } from '../../../src/builder/squashfs/zstd-wasm.js';
import { prose } from '../../support/image-trees.ts';

test('threads give the bytes of the serial twin', async () => {
  const compression = { name: 'zstd', level: 6 } as const;
  const serial = await openCompressor(compression, 1);
  const pool = await openCompressor(compression, 3);
  try {
    const batches = Array.from({ length: 8 }, (_, index) => prose(30_000, index + 1));
    const pack = (compressor: typeof pool) =>
      Promise.all(
        batches.map(batch =>
          compressor.pack({ buffer: copy(batch), lengths: Uint32Array.of(20_000, 10_000) }),
        ),
      );
    const [one, three] = await Promise.all([pack(serial), pack(pool)]);
    expect(three.map(stored)).toEqual(one.map(stored));
  } finally {
    await pool.close();
  }
});

test('a thread that fails fails every batch, and those that come later', async () => {
  const pool = new WorkerPool({ name: 'gzip', level: 99 }, 2);
  const batch = () => ({ buffer: new ArrayBuffer(8), lengths: Uint32Array.of(8) });
  const results = await Promise.allSettled([
    pool.pack(batch()),
    pool.pack(batch()),
    pool.pack(batch()),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  await expect(pool.pack(batch())).rejects.toMatchObject({ code: 'thread-lost' });
  await pool.close();
});

test('a thread that dies in the middle fails the image with its reason', async () => {
  const pool = new WorkerPool({ name: 'gzip', level: 6 }, 1);
  const lengths = Uint32Array.of(8);
  await pool.pack({ buffer: new ArrayBuffer(8), lengths });
  // Lengths without values have the thread throw while it packs.
  const none: Uint32Array = JSON.parse('null');
  const dying = pool.pack({ buffer: new ArrayBuffer(8), lengths: none });
  await expect(dying).rejects.toMatchObject({ code: 'thread-lost', facts: { reason: 'failed' } });
  await pool.close();
});

test.each([
  ['ERR_WORKER_OUT_OF_MEMORY', 'no-memory'],
  [NO_WASM_MEMORY, 'no-memory'],
  ['ERR_OTHER', 'ERR_OTHER'],
])('a codec that fails with %s is told as %s', (code, told) => {
  const failure = codecFailure(Object.assign(new Error('x'), { code }));
  expect(failure).toMatchObject({ code: told });
});

test('closing abandons what waits', async () => {
  const pool = new WorkerPool({ name: 'zstd', level: 19 }, 1);
  const waiting = pool.pack({ buffer: copy(prose(1 << 20)), lengths: Uint32Array.of(1 << 20) });
  const outcome = expect(waiting).rejects.toThrow(/stopped/);
  await pool.close();
  await outcome;
});

function copy(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

function stored({
  buffer,
  words,
  length,
}: {
  buffer: ArrayBuffer;
  words: Uint32Array;
  length: number;
}) {
  return { words: [...words], bytes: Buffer.from(buffer, 0, length).toString('hex') };
}
