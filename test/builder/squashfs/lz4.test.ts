import { expect, test } from 'vitest';
import { expandLz4Block } from '../../../src/builder/squashfs/lz4.ts';

const text = (value: string) => [...new TextEncoder().encode(value)];

const blocks: [name: string, block: number[], expanded: string][] = [
  ['nothing', [0x00], ''],
  ['literals', [0x30, ...text('abc')], 'abc'],
  ['15 literals, with a length byte', [0xf0, 0, ...text('abcdefghijklmno')], 'abcdefghijklmno'],
  ['270 literals', [0xf0, 255, 0, ...text('x'.repeat(270))], 'x'.repeat(270)],
  ['a match', [0x40, ...text('abcd'), 4, 0, 0x10, ...text('!')], 'abcdabcd!'],
  ['a match that overlaps itself', [0x11, ...text('a'), 1, 0, 0x10, ...text('b')], 'aaaaaab'],
  ['a long match', [0x1f, ...text('a'), 1, 0, 255, 1, 0x10, ...text('b')], `${'a'.repeat(276)}b`],
];

test.each(blocks)('%s', (_name, block, expanded) => {
  expect(Buffer.from(expandLz4Block(Uint8Array.from(block), 512)).toString()).toBe(expanded);
});

const damaged: [name: string, block: number[]][] = [
  ['more than the limit, literals', [0xf0, 255, 255, 20, ...text('x'.repeat(545))]],
  ['more than the limit, match', [0x1f, ...text('a'), 1, 0, 255, 255, 255, 0]],
  ['a match before the start', [0x10, ...text('a'), 2, 0]],
  ['a match at distance 0', [0x10, ...text('a'), 0, 0]],
  ['cut off in literals', [0x40, ...text('ab')]],
  ['cut off in a distance', [0x10, ...text('a'), 1]],
  ['cut off in a length', [0xf0, 255]],
];

test.each(damaged)('%s is refused', (_name, block) => {
  expect(() => expandLz4Block(Uint8Array.from(block), 512)).toThrow(RangeError);
});
