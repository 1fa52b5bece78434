import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesContent, type Content, readBytes } from '../src/content.ts';
import { readTogether } from '../src/read-together.ts';

const BYTES = Uint8Array.from({ length: 300_000 }, (_, at) => (at * 31) ^ (at >> 8));

test('small reads that follow each other share a large one', async () => {
  const { content, reads } = counted();
  const together = readTogether(content);
  for (let at = 0; at < BYTES.length; at += 3000) {
    await expectBytes(together, at, 2000);
  }
  expect(reads()).toBe(Math.ceil(BYTES.length / (1 << 16)));
});

test.each([
  ['that jump', [200_000, 100_000, 150_000, 50_000], 100],
  ['that are large', [0, 40_000, 80_000, 120_000], 40_000],
])('reads %s are handed on as they are', async (_, places, length) => {
  const { content, reads, bytesRead } = counted();
  const together = readTogether(content);
  for (const at of places) await expectBytes(together, at, length);
  expect([reads(), bytesRead()]).toEqual([places.length, places.length * length]);
});

test('whatever is read, at once or one after the other, is what is there', async () => {
  const range = fc.record({
    offset: fc.nat(BYTES.length),
    length: fc.oneof(fc.nat(20), fc.nat(20_000)),
  });
  const step = fc.oneof(range, fc.nat(5000));
  await fc.assert(
    fc.asyncProperty(fc.array(step), fc.boolean(), async (steps, atOnce) => {
      const together = readTogether(bytesContent(BYTES));
      let next = 0;
      const waiting: Promise<void>[] = [];
      for (const wanted of steps) {
        const { offset, length } =
          typeof wanted === 'number' ? { offset: next, length: wanted } : wanted;
        const fitting = Math.max(0, Math.min(length, BYTES.length - offset));
        next = Math.min(offset + fitting, BYTES.length);
        const reading = expectBytes(together, offset, fitting);
        if (atOnce) waiting.push(reading);
        else await reading;
      }
      await Promise.all(waiting);
    }),
  );
});

test('a read beyond the end fails as it would without', async () => {
  const together = readTogether(bytesContent(BYTES));
  await expectBytes(together, BYTES.length - 10, 10);
  await expect(readBytes(together, BYTES.length - 10, 20)).rejects.toThrow(RangeError);
});

async function expectBytes(content: Content, offset: number, length: number): Promise<void> {
  const bytes = await readBytes(content, offset, length);
  expect(Buffer.compare(bytes, BYTES.subarray(offset, offset + length))).toBe(0);
}

function counted() {
  let reads = 0;
  let bytesRead = 0;
  const content: Content = {
    size: BYTES.length,
    async readInto(target, offset) {
      reads += 1;
      bytesRead += target.length;
      await bytesContent(BYTES).readInto(target, offset);
    },
  };
  return { content, reads: () => reads, bytesRead: () => bytesRead };
}
