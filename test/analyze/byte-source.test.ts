import { expect, test } from 'vitest';
import { ByteSource } from '../../src/analyze/byte-source.ts';

/** The same buffer again and again, as a reader with a single one gives it. */
async function* reused(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.alloc(16);
  for (const text of texts) yield buffer.subarray(0, buffer.write(text));
}

function text(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Buffer.from(bytes).toString();
}

test('looking does not read, whatever the chunks', async () => {
  const source = new ByteSource(reused('ab', '', 'c', 'defg'));
  expect(text(await source.peek(4))).toBe('abcd');
  expect(text(await source.peek(1))).toBe('a');
  expect(text(await source.take(3))).toBe('abc');
  expect(text(await source.next())).toBe('defg');
  expect(await source.next()).toBeUndefined();
  expect(source.bytesPulled).toBe(7);
});

test('the end gives what there is', async () => {
  const source = new ByteSource(reused('ab'));
  expect(text(await source.peek(9))).toBe('ab');
  expect(text(await source.take(9))).toBe('ab');
  expect(text(await source.take(9))).toBe('');
  expect(text(await source.peek(1))).toBe('');
});

test('what is put back comes first, and survives the next chunk', async () => {
  const source = new ByteSource(reused('abc', 'def'));
  const chunk = await source.next();
  source.unread(chunk?.subarray(2) ?? new Uint8Array());
  expect(text(await source.peek(3))).toBe('cde');
});

test('closing does not wait for a stream that says nothing any more', async () => {
  let returned = false;
  const source = new ByteSource({
    [Symbol.asyncIterator]: () => ({
      next: () => new Promise<never>(() => {}),
      return: () => {
        returned = true;
        return Promise.reject(new Error('closing failed'));
      },
    }),
  });
  source.close();
  await new Promise(resolve => setImmediate(resolve));
  expect(returned).toBe(true);
});
