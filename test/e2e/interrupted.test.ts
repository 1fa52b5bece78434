import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { recordFigure } from '../support/record-figure.ts';
import { REPOSITORY } from './support/convert.ts';
import { largeArchive } from './support/large-archive.ts';

const KILLS = 100;
/** Its multiples are spread over a run without ever meeting. */
const GOLDEN_RATIO = (1 + Math.sqrt(5)) / 2;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;
const EXITS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129, SIGQUIT: 131 } as const;

const directory = mkdtempSync(join(tmpdir(), 'interrupted-'));
afterAll(() => rmSync(directory, { recursive: true }));
let archive: string;
/** How long a run takes that nobody disturbs, in milliseconds. */
let whole: number;
/** Of the image, in hexadecimal. */
let sha256: string;
beforeAll(async () => {
  archive = largeArchive(directory);
  out = join(directory, 'first');
  mkdirSync(out);
  await start().ended; // What is read for the first time takes longer.
  const began = performance.now();
  expect(await start().ended).toMatchObject({ status: 0 });
  whole = performance.now() - began;
  sha256 = digest('tool.raw');
});

/** Where images go, and temporary files. */
let out: string;
beforeEach(() => {
  out = mkdtempSync(join(directory, 'out-'));
});

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<{ status: number | string | null; stderr: string }>;
}

function start(...args: readonly string[]): Run {
  const given = ['--force', '-o', join(out, 'tool.raw'), '--sha256sums', ...args];
  const child = spawn(
    process.execPath,
    [join(REPOSITORY, 'dist/cli.js'), archive, 'tool', ...given],
    { env: { ...process.env, TMPDIR: out }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let stderr = '';
  child.stderr.on('data', chunk => {
    stderr += chunk;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ status: code ?? signal, stderr }));
  return { child, ended };
}

function digest(name: string): string {
  return createHash('sha256')
    .update(readFileSync(join(out, name)))
    .digest('hex');
}

const hidden = () => readdirSync(out).filter(name => name.startsWith('.'));

const COMPLETE = ['SHA256SUMS', 'tool.raw', 'tool.report.json', 'tool.report.md'];

describe('a run that is killed', () => {
  test('leaves the old image or the new one, and the next run removes the rest', async context => {
    writeFileSync(join(out, 'tool.raw'), 'old');
    let leftovers = 0;
    let cutShort = 0;
    for (let count = 0; cutShort < KILLS; count += 1) {
      const { child, ended } = start();
      await setTimeout(whole * ((count * GOLDEN_RATIO) % 1));
      const before = new Set(hidden());
      child.kill('SIGKILL');
      const { status } = await ended;
      cutShort += status === 'SIGKILL' ? 1 : 0;
      leftovers += hidden().length > 0 ? 1 : 0;
      const image = readFileSync(join(out, 'tool.raw'));
      const isWhole = image.toString('latin1') === 'old' || digest('tool.raw') === sha256;
      expect(isWhole, `after kill ${count}, with ${[...before]}`).toBe(true);
    }
    expect(await start().ended).toMatchObject({ status: 0 });
    expect(readdirSync(out).sort()).toEqual(COMPLETE);
    expect(digest('tool.raw')).toBe(sha256);
    // Else the moments were not where anything happens.
    expect(leftovers).toBeGreaterThan(KILLS / 20);
    recordFigure(context, `${cutShort} kills, ${leftovers} with something left behind`);
  });

  test('does not take from a run that lives', async () => {
    const living = start();
    await until(() => hidden().some(name => name.startsWith('.tool.raw.')));
    living.child.kill('SIGSTOP');
    const [name = ''] = hidden().filter(candidate => candidate.startsWith('.tool.raw.'));
    expect(await start().ended).toMatchObject({ status: 0 });
    expect(hidden()).toContain(name);
    living.child.kill('SIGCONT');
    expect(await living.ended).toMatchObject({ status: 0 });
    expect(readdirSync(out).sort()).toEqual(COMPLETE);
  });
});

test.for(SIGNALS)('after %s nothing is left, whenever it comes', async (signal, context) => {
  const COUNT = 8;
  let caught = 0;
  for (let count = 0; count < COUNT; count += 1) {
    writeFileSync(join(out, 'tool.raw'), 'old');
    const { child, ended } = start();
    await setTimeout((whole * (count + 0.5)) / COUNT);
    child.kill(signal);
    const { status, stderr } = await ended;
    // Before the program runs, Node ends like every other process; after the end there is nothing to do.
    if (status === EXITS[signal]) {
      caught += 1;
      expect(stderr).toContain(`interrupted (${signal})`);
    } else expect([signal, 0]).toContain(status);
    expect(hidden()).toEqual([]);
    const isWhole =
      readFileSync(join(out, 'tool.raw'), 'latin1') === 'old' || digest('tool.raw') === sha256;
    expect(isWhole).toBe(true);
  }
  expect(caught).toBeGreaterThan(0);
  recordFigure(context, `${COUNT} signals`);
});

test('an output directory that is removed meanwhile is an error that says so', async () => {
  const { child, ended } = start();
  await until(() => hidden().some(name => name.startsWith('.tool.raw.')));
  child.kill('SIGSTOP');
  const place = out;
  out = mkdtempSync(join(directory, 'out-'));
  rmSync(place, { recursive: true });
  child.kill('SIGCONT');
  const { status, stderr } = await ended;
  expect({ status, stderr }).toMatchObject({ status: 6 });
  expect(stderr).toMatch(/cannot write '\S+': no such directory/);
  expect(readdirSync(directory)).not.toContain(place);
});

/** What befalls the archive after a megabyte of it has been read. */
const BEFALLS: readonly {
  readonly name: string;
  readonly does: (path: string) => void;
  readonly exit: number;
  readonly says: RegExp;
}[] = [
  {
    name: 'gets longer',
    does: path => appendFileSync(path, 'x'),
    exit: 4,
    says: /archive is damaged|changed while it was read/,
  },
  {
    name: 'gets shorter',
    does: path => truncateSync(path, 2 << 20),
    exit: 4,
    says: /archive ends early/,
  },
  {
    name: 'is emptied',
    does: path => truncateSync(path, 0),
    exit: 4,
    says: /archive ends early/,
  },
  { name: 'is removed', does: path => rmSync(path), exit: 0, says: /./ },
  {
    name: 'is replaced',
    does: path => {
      writeFileSync(`${path}.new`, 'another');
      renameSync(`${path}.new`, path);
    },
    exit: 0,
    says: /./,
  },
];

test.each(BEFALLS.map(befall => [befall.name, befall] as const))(
  'an archive that %s while it is read gives its own image or an error',
  async (_, { does, exit, says }) => {
    const original = archive;
    archive = join(directory, 'befallen.torcx.tgz');
    copyFileSync(original, archive);
    writeFileSync(join(out, 'tool.raw'), 'old');
    try {
      const { child, ended } = start();
      await until(() => readSoFar(child.pid) >= 1 << 20);
      child.kill('SIGSTOP');
      does(archive);
      child.kill('SIGCONT');
      const { status, stderr } = await ended;
      expect({ status, stderr }).toMatchObject({ status: exit });
      expect(stderr).toMatch(says);
    } finally {
      archive = original;
    }
    expect(hidden()).toEqual([]);
    if (exit === 0) expect(digest('tool.raw')).toBe(sha256);
    else expect(readFileSync(join(out, 'tool.raw'), 'latin1')).toBe('old');
  },
);

/** How far the process has read its archive, in bytes. */
function readSoFar(pid: number | undefined): number {
  try {
    const descriptors = readdirSync(`/proc/${pid}/fd`);
    const own = descriptors.find(fd => readlinkSync(`/proc/${pid}/fd/${fd}`) === archive);
    const info = readFileSync(`/proc/${pid}/fdinfo/${own}`, 'latin1');
    return Number(/^pos:\t(\d+)/.exec(info)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

async function until(holds: () => boolean): Promise<void> {
  for (let count = 0; !holds(); count += 1) {
    if (count > 30_000) throw new Error('it never came to this');
    await setTimeout(1);
  }
}
