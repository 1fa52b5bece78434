import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { convertInProcess } from './support/convert-in-process.ts';
import { inspectInProcess } from './support/inspect-in-process.ts';
import { member, oldSparse, pax, tar } from './support/tar-builder.ts';

/** Processor time of each, on a slow machine. What grows with the square of a number takes many times that. */
const SECONDS = 15;

const UNIT = '[Service]\nEnvironmentFile=/run/metadata/torcx\nExecStart=${TORCX_BINDIR}/a\n';

/** Honest by each of its members, and larger than any image ever was by their number. */
const ARCHIVES: Readonly<Record<string, () => Buffer[]>> = {
  'one directory of 6,000 links': () =>
    many(6_000, n => member({ name: `usr/share/l/${n}`, type: '2', linkName: `${n + 1}` })),
  '10,000 units': () =>
    many(10_000, n => member({ name: `lib/systemd/system/${n}.service`, data: UNIT })),
  '5,000 drop-ins of one unit': () => [
    member({ name: 'lib/systemd/system/a.service', data: UNIT }),
    ...many(5_000, n => member({ name: `lib/systemd/system/a.service.d/${n}.conf`, data: UNIT })),
  ],
  'references to 5,000 directories': () => [
    ...many(5_000, n => member({ name: `data/${n}/file` })),
    member({
      name: 'lib/systemd/system/a.service',
      data: `[Service]\n${lines(5_000, n => `Environment=A=/run/torcx/unpack/x/data/${n}`)}`,
    }),
  ],
  '1,000 files at a depth of 250': () =>
    many(
      1_000,
      n => pax([['path', `usr/share/${'abcdefg/'.repeat(248)}${n}`]]),
      () => member({ name: 'x' }),
    ),
  '10,000 hard links in a chain': () => [
    member({ name: 'usr/share/0', data: 'x' }),
    ...many(10_000, n =>
      member({ name: `usr/share/${n + 1}`, type: '1', linkName: `usr/share/${n}` }),
    ),
  ],
  'a file of 60 GiB of hole': () => [
    oldSparse({ name: 'usr/share/hole', pieces: [[0, 0]], realSize: 60 * 2 ** 30 }),
  ],
};

describe('becomes an image within its time', () => {
  test.each(Object.entries(ARCHIVES))('%s', async (_title, members) => {
    const archive = gzipSync(tar(...members()), { level: 1 });
    const { image } = await inTime(() => convertInProcess(archive, 'x.torcx.tgz'));
    expect(image.subarray(0, 4).toString()).toBe('hsqs');
  });
});

describe('is inspected within its time', () => {
  test.each(Object.entries(ARCHIVES))('%s', async (_title, members) => {
    const archive = gzipSync(tar(...members()), { level: 1 });
    const { exitCode } = await inTime(() => inspectInProcess(archive, 'x.torcx.tgz'));
    expect(exitCode).toBe(0);
  });
});

async function inTime<T>(work: () => Promise<T>): Promise<T> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(SECONDS);
  return result;
}

function many(count: number, ...makers: readonly ((index: number) => Buffer)[]): Buffer[] {
  return Array.from({ length: count }, (_, index) => makers.map(make => make(index))).flat();
}

function lines(count: number, make: (index: number) => string): string {
  return `${Array.from({ length: count }, (_, index) => make(index)).join('\n')}\n`;
}
