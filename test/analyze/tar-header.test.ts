import { expect, test } from 'vitest';
import {
  hasTarMagic,
  hasValidChecksum,
  headerNumber,
  headerSize,
  plainHeader,
  typeflag,
} from '../../src/analyze/tar-header.ts';
import { header } from '../support/tar-builder.ts';

test.each<[field: string, value: number | undefined]>([
  ['00000000017\0', 15],
  ['00000000017 ', 15],
  ['         17 ', 15],
  ['17\0garbage!!', 15],
  ['777777777777', 8 ** 12 - 1],
  ['\0\0\0\0\0\0\0\0\0\0\0\0', 0],
  ['            ', 0],
  ['\x80\0\0\0\0\0\0\0\0\0\x01\x02', 258],
  ['\x80\0\0\0\x80\0\0\0\0\0\0\0', 2 ** 63],
  ['\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xfe', -2],
  ['\x81\0\0\0\0\0\0\0\0\0\0\0', undefined],
  ['00000000018\0', undefined],
  ['-0000000017\0', undefined],
  ['0x11\0\0\0\0\0\0\0\0', undefined],
])('the number %j', (field, value) => {
  expect(headerNumber(Buffer.from(field, 'latin1'), 0, 12)).toBe(value);
});

test('a plain header announces no data and has a type that tar-stream knows', () => {
  for (const type of ['0', '5', 'S', 'N', 'D', '\0']) {
    const block = header({ name: 'a', type, size: 700 });
    const before = Buffer.from(block);
    const plain = plainHeader(block);
    expect([headerSize(plain), typeflag(plain)]).toEqual([0, type === '5' ? '5' : '0']);
    expect([hasValidChecksum(plain), hasTarMagic(plain)]).toEqual([true, true]);
    expect(block.equals(before), 'the archive is left as it is').toBe(true);
  }
});
