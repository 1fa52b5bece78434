import { expect, test } from 'vitest';
import { releaseMemory } from '../src/release-memory.js';

test('the memory of an array that has its buffer for itself is given back at once', () => {
  const bytes = new Uint8Array(1 << 17);
  releaseMemory(bytes, 1 << 17);
  expect(bytes.buffer.byteLength).toBe(0);
});

test('a buffer with other users stays', () => {
  const bytes = new Uint8Array(new ArrayBuffer(1 << 17), 5, 10);
  releaseMemory(bytes, 10);
  expect(bytes.buffer.byteLength).toBe(1 << 17);
});
