import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type ElfFacts, readElf } from '../../src/analyze/elf.ts';
import { fileContent } from '../../src/host/file-content.ts';
import { dockerArchive } from './support/inputs.ts';
import { requireTools } from './support/require-tools.ts';

const MACHINES: Readonly<Record<string, string>> = {
  'Advanced Micro Devices X86-64': 'x86-64',
  'Intel 80386': 'x86',
  AArch64: 'arm64',
};
const TYPES: Readonly<Record<string, ElfFacts['type']>> = {
  EXEC: 'executable',
  DYN: 'shared-object',
  REL: 'relocatable',
  CORE: 'core',
};

/** What binutils' readelf says, in our words. */
function byReadelf(path: string): Partial<ElfFacts> {
  const text = execFileSync('readelf', ['-W', '-h', '-l', '-d', '-n', path], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  const first = (pattern: RegExp) => pattern.exec(text)?.[1];
  const paths = (tag: string) =>
    (first(new RegExp(`\\(${tag}\\)\\s+Library ${tag.toLowerCase()}: \\[(.*)\\]`)) ?? '')
      .split(':')
      .filter(part => part !== '');
  return {
    architecture: MACHINES[first(/Machine:\s+(.*)/) ?? ''] ?? 'unknown',
    bits: first(/Class:\s+ELF(32|64)/) === '32' ? 32 : 64,
    endianness: /little endian/.test(text) ? 'little' : 'big',
    type: TYPES[first(/Type:\s+(\w+)/) ?? ''] ?? 'other',
    interpreter: first(/Requesting program interpreter: (.*)\]/) ?? null,
    needed: [...text.matchAll(/\(NEEDED\)\s+Shared library: \[(.*)\]/g)].map(
      match => match[1] ?? '',
    ),
    soname: first(/\(SONAME\)\s+Library soname: \[(.*)\]/) ?? null,
    rpath: paths('RPATH'),
    runpath: paths('RUNPATH'),
    buildId: first(/Build ID: ([0-9a-f]+)/) ?? null,
  };
}

async function byUs(path: string): Promise<Partial<ElfFacts> | undefined> {
  const file = await open(path, 'r');
  try {
    const facts = await readElf(fileContent(file, (await file.stat()).size));
    if (!facts) return undefined;
    const { dynamic: _, ...rest } = facts;
    return rest;
  } finally {
    await file.close();
  }
}

async function compare(paths: readonly string[]): Promise<number> {
  let compared = 0;
  for (const path of paths) {
    if (statSync(path).size < 64) continue;
    const ours = await byUs(path);
    if (!ours) continue;
    expect({ path, ...ours }).toEqual({ path, ...byReadelf(path) });
    compared += 1;
  }
  return compared;
}

function filesIn(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(directory, entry.name));
}

const ready = requireTools(['readelf']);

it.runIf(ready)('agrees with readelf on the programs and libraries of this machine', async () => {
  const directories = ['/usr/bin', '/usr/sbin', '/usr/lib/x86_64-linux-gnu', '/usr/lib/systemd'];
  expect(await compare(directories.flatMap(filesIn))).toBeGreaterThan(300);
});

it.runIf(ready && requireTools(['apt-get']))(
  'agrees with readelf on the Docker image',
  async () => {
    const directory = mkdtempSync(join(tmpdir(), 'docker-elf-'));
    try {
      execFileSync('tar', ['--force-local', '-C', directory, '-xzf', await dockerArchive()]);
      const files = [...filesIn(join(directory, 'bin')), ...filesIn(join(directory, 'lib'))];
      expect(await compare(files)).toBe(11);
    } finally {
      rmSync(directory, { recursive: true });
    }
  },
);
