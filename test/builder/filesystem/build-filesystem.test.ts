import { expect, test } from 'vitest';
import {
  buildFilesystem,
  type FilesystemHost,
} from '../../../src/builder/filesystem/build-filesystem.ts';
import type { ProgramCall, ProgramEnd } from '../../../src/builder/filesystem/program.ts';
import { bytesContent } from '../../../src/content.ts';
import type { FileSystem } from '../../../src/image-format.ts';
import { toolErrorOf } from '../../support/catch-error.ts';
import { file } from '../../support/image-trees.ts';

type End = Partial<Omit<ProgramEnd, 'stdout'>> & { readonly stdout?: string };
/** What each program says, one answer after the other; what is not named succeeds. */
type Ends = Readonly<Record<string, readonly (End | 'missing')[]>>;

/** A disk that remembers sizes, and programs that do nothing but end. What they make is for the real-system tests. */
function build(format: FileSystem, ends: Ends = {}, { verify = false } = {}) {
  const calls: ProgramCall[] = [];
  const sizes: number[] = [];
  const left = new Map(Object.entries(ends).map(([program, list]) => [program, [...list]]));
  const run = async (call: ProgramCall): Promise<ProgramEnd | 'missing'> => {
    const isVersion = call.args.some(arg => arg === '-V' || arg === '--version');
    if (isVersion && !left.has(`${call.program} version`)) return done({ stdout: 'tool 1.2.3\n' });
    calls.push(call);
    const end = left.get(isVersion ? `${call.program} version` : call.program)?.shift();
    return end === 'missing' ? end : done(end ?? {});
  };
  const nothing = async () => undefined;
  const staging = { directory: nothing, file: nothing, symlink: nothing, hardlink: nothing };
  const host: FilesystemHost = {
    staging: { ...staging, path: '/staging', settle: nothing },
    extracted: { path: '/extracted', read: async () => false, readLink: nothing },
    image: {
      path: 'x.raw',
      async fill(size, write) {
        sizes.push(size);
        await write('/tmp/.x.raw.0');
      },
      content: () => bytesContent(new Uint8Array(sizes.at(-1) ?? 0)),
    },
    run,
    runAsRoot: run,
  };
  const request = {
    format,
    nodes: [file('usr/bin/x', 'hello', { mode: 0o755 })],
    extension: { name: 'x', id: '_any', reloadManager: false },
    sourceDateEpoch: 0,
    verify,
  };
  const aids = { onBytes: () => undefined, onCheck: () => undefined };
  return { built: buildFilesystem(request, host, aids), calls, sizes };
}

function done({ status = 0, stdout = '', stderr = '' }: End): ProgramEnd {
  return { status, stdout: Buffer.from(stdout), stderr };
}

const PROGRAMS: readonly [FileSystem, readonly string[]][] = [
  ['erofs', ['mkfs.erofs', 'fsck.erofs']],
  ['ext4', ['mke2fs', 'debugfs', 'e2fsck']],
  ['ext2', ['mke2fs', 'debugfs', 'e2fsck']],
  ['btrfs', ['mkfs.btrfs', 'btrfs']],
];

test.each(PROGRAMS)('%s is made and checked by %j', async (format, programs) => {
  const { built, calls } = build(format);
  const { maker } = await built;
  expect(maker).toEqual({ program: `${programs[0]} 1.2.3`, reproducible: format !== 'btrfs' });
  expect(calls.map(({ program }) => program)).toEqual(programs);
});

const FAILURES: readonly {
  readonly title: string;
  readonly format?: FileSystem;
  readonly ends: Ends;
  readonly code: string;
  readonly facts: object;
}[] = [
  {
    title: 'without its program nothing begins',
    ends: { 'mke2fs version': ['missing'] },
    code: 'tool-missing',
    facts: {
      what: 'mke2fs, which makes ext4 images,',
      suggestion: 'install the package e2fsprogs, or --image-format squashfs, which needs nothing',
    },
  },
  {
    title: 'one that is missing for the check is named with its package',
    format: 'btrfs',
    ends: { btrfs: ['missing'] },
    code: 'tool-missing',
    facts: { what: 'btrfs', suggestion: 'install the package btrfs-progs' },
  },
  {
    title: 'the last thing that a failing program says is the reason',
    ends: { mke2fs: [{ status: 1, stderr: 'first\nlast\n' }] },
    code: 'output-unwritable',
    facts: { path: 'x.raw', reason: 'mke2fs: last' },
  },
  {
    title: 'one that says nothing has its exit code for a reason',
    format: 'erofs',
    ends: { 'mkfs.erofs': [{ status: 3 }] },
    code: 'output-unwritable',
    facts: { path: 'x.raw', reason: 'mkfs.erofs: exit code 3' },
  },
  {
    title: 'a full disk is told as such, wherever in its words it stands',
    format: 'btrfs',
    ends: { 'mkfs.btrfs': [{ status: 1, stderr: 'x: No space left on device\nfailed: 1\n' }] },
    code: 'no-space',
    facts: { path: 'x.raw', temporaryRemoved: true },
  },
  {
    title: 'debugfs fails by what it says, since it always ends with 0',
    ends: { debugfs: [{ stderr: 'debugfs 1.47.0 (5-Feb-2023)\nno such inode\n' }] },
    code: 'output-unwritable',
    facts: { path: 'x.raw', reason: 'debugfs: no such inode' },
  },
  {
    title: 'an image in which a fault is found is none',
    ends: { e2fsck: [{ status: 4, stdout: 'errors left\n' }] },
    code: 'self-check-failed',
    facts: { reason: 'e2fsck: errors left', maker: 'mke2fs' },
  },
];

test.each(FAILURES)('$title', async ({ format = 'ext4', ends, code, facts }) => {
  const { built } = build(format, ends);
  expect(await toolErrorOf(() => built)).toEqual({ code, facts });
});

const TOO_SMALL = { status: 1, stderr: 'mke2fs: Could not allocate block in ext2 filesystem\n' };

test('an image that is too small is made again with more room', async () => {
  const { built, sizes } = build('ext4', { mke2fs: [TOO_SMALL, TOO_SMALL, {}] });
  await built;
  const [first = 0, second = 0, third = 0, checked] = sizes;
  expect(second).toBeGreaterThan(first);
  expect(third).toBeGreaterThan(second);
  expect(checked).toBe(third);
});

test('but not for ever', async () => {
  const { built, sizes } = build('ext4', { mke2fs: Array.from({ length: 99 }, () => TOO_SMALL) });
  expect(await toolErrorOf(() => built)).toMatchObject({ code: 'output-unwritable' });
  expect(sizes.length).toBeLessThan(10);
});

test('--verify takes the image apart, and misses what is not in it', async () => {
  const { built, calls } = build('erofs', {}, { verify: true });
  expect(await toolErrorOf(() => built)).toEqual({
    code: 'self-check-failed',
    facts: { reason: '/usr/bin/x: it is missing' },
  });
  expect(calls.at(-1)?.args[0]).toBe('--extract=/extracted');
});
