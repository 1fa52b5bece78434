import { describe, expect, it } from 'vitest';
import {
  dynamicProgram,
  kernelModule,
  printingProgram,
  sharedLibrary,
} from '../../fixtures/lib/elf.mjs';
import { type ElfFacts, readElf } from '../../src/analyze/elf.ts';
import { bytesContent, type Content } from '../../src/content.ts';

const PROGRAM = dynamicProgram({
  line: 'hello',
  needed: ['libc.so.6', 'libm.so.6'],
  runpath: '$ORIGIN/../lib:/opt/lib',
});

/** A content that counts what is asked of it: a lying header must not make anybody read more than the file. */
function counted(bytes: Uint8Array): { content: Content; read: () => number } {
  let read = 0;
  const base = bytesContent(bytes);
  const content: Content = {
    size: base.size,
    async readInto(target, offset) {
      read += target.length;
      await base.readInto(target, offset);
    },
  };
  return { content, read: () => read };
}

describe('what the headers say', () => {
  it.each<[string, Uint8Array, Partial<ElfFacts> | undefined]>([
    [
      'a dynamic program',
      PROGRAM,
      {
        architecture: 'x86-64',
        bits: 64,
        endianness: 'little',
        type: 'shared-object',
        interpreter: '/lib64/ld-linux-x86-64.so.2',
        needed: ['libc.so.6', 'libm.so.6'],
        soname: null,
        rpath: [],
        runpath: ['$ORIGIN/../lib', '/opt/lib'],
        buildId: null,
        dynamic: true,
      },
    ],
    [
      'a static program',
      printingProgram('aarch64', 'x'),
      { architecture: 'arm64', type: 'executable', interpreter: null, needed: [], dynamic: false },
    ],
    ['a library', sharedLibrary('libx.so.1'), { soname: 'libx.so.1', dynamic: false }],
    [
      'a kernel module',
      kernelModule({ name: 'x' }),
      { type: 'relocatable', needed: [], dynamic: false },
    ],
    ['a build id', withBuildId('0123456789abcdef'), { buildId: '0123456789abcdef' }],
    [
      'a class that does not exist',
      patched(printingProgram('x86_64', 'x'), [[4, 3, 1]]),
      undefined,
    ],
    [
      'a byte order that does not exist',
      patched(printingProgram('x86_64', 'x'), [[5, 0, 1]]),
      undefined,
    ],
    ['text', Buffer.from('#!/bin/sh\n'.repeat(10)), undefined],
    ['nothing', new Uint8Array(), undefined],
  ])('%s', async (_name, bytes, expected) => {
    const facts = await readElf(bytesContent(bytes));
    if (expected) expect(facts).toMatchObject(expected);
    else expect(facts).toBeUndefined();
  });
});

describe('a header that lies', () => {
  const [segmentsAt, entrySizeAt, countAt] = [32, 54, 56];
  const interpreterHeader = 64 + 56;
  const dynamicHeader = 64 + 3 * 56;
  const [offset, fileSize] = [8, 32];
  const HUGE = 2n ** 60n;
  const MOST = 2n ** 64n - 1n;

  /** `edits`: offset, value and width in bytes. The facts that do not depend on the lie stay true. */
  it.each<[string, readonly Edit[], Partial<ElfFacts>]>([
    ['65535 program headers', [[countAt, 65_535, 2]], { architecture: 'x86-64' }],
    ['no program header', [[countAt, 0, 2]], { interpreter: null, needed: [] }],
    ['program headers beyond the end', [[segmentsAt, HUGE, 8]], { interpreter: null, needed: [] }],
    ['program headers at the last address', [[segmentsAt, MOST, 8]], { needed: [] }],
    ['program headers of size 0', [[entrySizeAt, 0, 2]], { interpreter: null, needed: [] }],
    ['program headers of 65535 bytes', [[entrySizeAt, 65_535, 2]], { architecture: 'x86-64' }],
    [
      'an interpreter of 2^60 bytes',
      [[interpreterHeader + fileSize, HUGE, 8]],
      { interpreter: '/lib64/ld-linux-x86-64.so.2' },
    ],
    [
      'an interpreter beyond the end',
      [[interpreterHeader + offset, HUGE, 8]],
      { interpreter: null, needed: ['libc.so.6', 'libm.so.6'] },
    ],
    [
      'a dynamic section of 2^60 bytes',
      [[dynamicHeader + fileSize, HUGE, 8]],
      { needed: ['libc.so.6', 'libm.so.6'] },
    ],
    ['a dynamic section beyond the end', [[dynamicHeader + offset, MOST, 8]], { needed: [] }],
    ['a dynamic section of 15 bytes', [[dynamicHeader + fileSize, 15, 8]], { needed: [] }],
    [
      'a string table of 2^60 bytes',
      [[dynamicEntry(10n), HUGE, 8]],
      { needed: ['libc.so.6', 'libm.so.6'] },
    ],
    ['an empty string table', [[dynamicEntry(10n), 0, 8]], { needed: [] }],
    ['a string table at an address of nothing', [[dynamicEntry(5n), MOST, 8]], { needed: [] }],
    ['a name beyond the string table', [[dynamicEntry(1n), HUGE, 8]], { needed: ['libm.so.6'] }],
  ])('%s', async (_name, edits, expected) => {
    const bytes = patched(PROGRAM, edits);
    const { content, read } = counted(bytes);
    expect(await readElf(content)).toMatchObject(expected);
    // Header, program headers, interpreter, dynamic section, string table: each at most the whole file.
    expect(read()).toBeLessThanOrEqual(5 * bytes.length);
  });

  it('costs no more than its real size for each note segment', async () => {
    const bytes = patched(withBuildId('00'), [[64 + fileSize, HUGE, 8]]);
    const { content, read } = counted(bytes);
    expect(await readElf(content)).toMatchObject({ buildId: '00' });
    expect(read()).toBeLessThan(3 * bytes.length);
  });

  it('asks for one long string thousands of times', async () => {
    const needed = Array.from({ length: 5000 }, () => 'n'.repeat(4000));
    const small = dynamicProgram({ line: 'x', needed: needed.slice(0, 1) });
    const at = Number(small.readBigUInt64LE(64 + 3 * 56 + 8));
    // The dynamic section is moved to the end, where there is room for 5000 entries that name the same string.
    const entry = small.subarray(at, at + 16);
    const rest = small.subarray(at + 16, at + 16 + 16 * 6);
    const moved = Buffer.concat([small, ...needed.map(() => entry), rest]);
    moved.writeBigUInt64LE(BigInt(small.length), 64 + 3 * 56 + 8);
    moved.writeBigUInt64LE(BigInt(moved.length - small.length), 64 + 3 * 56 + 32);
    const { content, read } = counted(moved);
    const facts = await readElf(content);
    expect(facts?.needed.length).toBeGreaterThan(10);
    expect(facts?.needed.join('').length).toBeLessThanOrEqual(moved.length + 4000);
    expect(read()).toBeLessThan(2 * moved.length);
  });

  it('has a string without an end', async () => {
    const stringsAt = PROGRAM.indexOf('libc.so.6');
    const bytes = patched(PROGRAM.subarray(0, stringsAt + 4096), []);
    bytes.fill(0x61, stringsAt);
    expect(await readElf(bytesContent(bytes))).toBeDefined();
  });
});

it.each([
  ['a dynamic program', PROGRAM],
  ['a library', sharedLibrary('libx.so.1')],
  ['a program with a build id', withBuildId('0123456789abcdef')],
  ['a kernel module', kernelModule({ name: 'x', vermagic: '6.1.77' })],
])('%s can be cut off at every byte', async (_name, bytes) => {
  for (let length = 0; length < bytes.length; length += 1) {
    const { content, read } = counted(bytes.subarray(0, length));
    await readElf(content);
    expect(read()).toBeLessThanOrEqual(5 * length);
  }
});

it('each byte of the headers can be anything', async () => {
  for (let at = 4; at < 64 + 4 * 56; at += 1) {
    for (const value of [0, 1, 0x7f, 0x80, 0xff]) {
      const { content, read } = counted(patched(PROGRAM, [[at, value, 1]]));
      await readElf(content);
      expect(read()).toBeLessThanOrEqual(5 * PROGRAM.length);
    }
  }
});

type Edit = readonly [at: number, value: number | bigint, width: 1 | 2 | 4 | 8];

function patched(bytes: Uint8Array, edits: readonly Edit[]): Buffer {
  const copy = Buffer.from(bytes);
  for (const [at, value, width] of edits) {
    if (width === 8) copy.writeBigUInt64LE(BigInt(value), at);
    else copy.writeUIntLE(Number(value), at, width);
  }
  return copy;
}

/** Where the value of the first dynamic entry with `tag` stands. */
function dynamicEntry(tag: bigint): number {
  const start = Number(PROGRAM.readBigUInt64LE(64 + 3 * 56 + 8));
  for (let at = start; at < PROGRAM.length; at += 16) {
    if (PROGRAM.readBigUInt64LE(at) === tag) return at + 8;
  }
  throw new Error(`no dynamic entry ${tag}`);
}

/** A static program whose first segment is a note with the build id. */
function withBuildId(hex: string): Buffer {
  const program = printingProgram('x86_64', 'x');
  const id = Buffer.from(hex, 'hex');
  const note = Buffer.alloc(16 + Math.ceil(id.length / 4) * 4);
  note.writeUInt32LE(4, 0);
  note.writeUInt32LE(id.length, 4);
  note.writeUInt32LE(3, 8);
  note.write('GNU\0', 12);
  id.copy(note, 16);
  const edits: readonly Edit[] = [
    [64, 4, 4],
    [64 + 8, program.length, 8],
    [64 + 32, note.length, 8],
    [64 + 48, 4, 8],
  ];
  return Buffer.concat([patched(program, edits), note]);
}
