import { expect, test } from 'vitest';
import { sizeText } from '../../src/ui/size-text.ts';

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [1023, '1023 bytes'],
  [1024, '1 KiB'],
  [1536, '1.5 KiB'],
  [1_048_575, '1 MiB'],
  [13_002_342, '12.4 MiB'],
  [56_623_104, '54 MiB'],
  [2 ** 30 - 1, '1 GiB'],
  [Number.MAX_SAFE_INTEGER, '8 PiB'],
])('%d bytes are %s', (bytes, expected) => {
  expect(sizeText(bytes)).toBe(expected);
});
