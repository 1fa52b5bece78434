import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockedUpdate } from '../../src/host/locked-update.ts';
import { createOutputDirectory } from '../../src/host/output-directory.ts';
import { createOutputFile } from '../../src/host/output-file.ts';
import { removeOrphans } from '../../src/host/remove-orphans.ts';
import { isOrphan, ownerSuffix } from '../../src/host/temporary-owner.ts';

let directory: string;
let other: ChildProcess;
/** Ends the name of a file that the other process made. */
let suffix: string;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'remove-orphans-'));
  other = spawn('sleep', ['60']);
  await once(other, 'spawn');
  suffix = ownerSuffix(other.pid);
});
afterEach(() => {
  other.kill('SIGKILL');
  rmSync(directory, { recursive: true });
});

async function killOther(): Promise<void> {
  other.kill('SIGKILL');
  await once(other, 'exit');
}

const at = (name: string) => join(directory, name);

/** What is there after the other process was killed and another run has begun. */
async function afterDeath(): Promise<string[]> {
  await killOther();
  removeOrphans(directory);
  return readdirSync(directory);
}

test('what another process makes stays as long as it lives', async () => {
  writeFileSync(at(`.docker.raw.${suffix}`), 'half');
  removeOrphans(directory);
  expect(readdirSync(directory)).toEqual([`.docker.raw.${suffix}`]);
  expect(await afterDeath()).toEqual([]);
});

test('a directory goes with all that is in it, a link without what it leads to', async () => {
  mkdirSync(at(`.docker.${suffix}/usr/bin`), { recursive: true });
  writeFileSync(at(`.docker.${suffix}/usr/bin/x`), 'x');
  mkdirSync(at('mine'));
  writeFileSync(at('mine/x'), 'x');
  symlinkSync('mine', at(`.link.${suffix}`));
  symlinkSync('../mine', at(`.docker.${suffix}/link`));
  expect(await afterDeath()).toEqual(['mine']);
  expect(readdirSync(at('mine'))).toEqual(['x']);
});

test.runIf(process.getuid?.() === 0)('a directory of another user stays', async () => {
  mkdirSync(at(`.docker.${suffix}`));
  chownSync(at(`.docker.${suffix}`), 65_534, 65_534);
  expect(await afterDeath()).toEqual([`.docker.${suffix}`]);
});

test.each([
  ['without a dot', (end: string) => `docker.raw.${end}`],
  ['without a name', (end: string) => `.${end}`],
  ['with something behind it', (end: string) => `.docker.raw.${end}.bak`],
  ['of another machine', (end: string) => `.docker.raw.ffffff${end.slice(6)}`],
  ['of another container', (end: string) => `.docker.raw.${end.slice(0, 6)}ffffff${end.slice(12)}`],
  ['of eight digits', () => '.docker.raw.0123abcd'],
])('a file %s is none of those', async (_, nameWith) => {
  writeFileSync(at(nameWith(suffix)), '');
  expect(await afterDeath()).toEqual([nameWith(suffix)]);
});

test('what was last changed before this boot is nobody’s any more', () => {
  const name = `.x.${suffix.slice(0, 6)}ffffff${suffix.slice(12)}`;
  expect(isOrphan(name, Date.now())).toBe(false);
  expect(isOrphan(name, 0)).toBe(true);
});

test('a process that has got the number of the dead one does not keep its files', () => {
  const name = `.x.${suffix.slice(0, 18)}ffffff${suffix.slice(24)}`;
  expect(isOrphan(name, Date.now())).toBe(true);
});

describe('a lock', () => {
  test('goes with the process that was killed while it had it', async () => {
    writeFileSync(at(`.LIST.${suffix}`), 'half');
    linkSync(at(`.LIST.${suffix}`), at('.LIST.lock'));
    await killOther();
    const update = await lockedUpdate(at('LIST'), () => Buffer.from('whole'), 0);
    await update.commit();
    expect(readdirSync(directory)).toEqual(['LIST']);
    expect(readFileSync(at('LIST'), 'utf8')).toBe('whole');
  });

  test('of somebody else stays', async () => {
    writeFileSync(at(`.LIST.${suffix}`), 'half');
    writeFileSync(at('.LIST.lock'), 'half');
    expect(await afterDeath()).toEqual(['.LIST.lock']);
  });

  test('goes while others wait for it', async () => {
    writeFileSync(at(`.LIST.${suffix}`), 'half');
    linkSync(at(`.LIST.${suffix}`), at('.LIST.lock'));
    const waiting = lockedUpdate(at('LIST'), () => Buffer.from('whole'));
    await killOther();
    await (await waiting).commit();
    expect(readdirSync(directory)).toEqual(['LIST']);
  });
});

describe('a directory that had stepped aside', () => {
  test('comes back', async () => {
    mkdirSync(at(`.docker.${suffix}.old`));
    writeFileSync(at(`.docker.${suffix}.old/x`), 'old');
    expect(await afterDeath()).toEqual(['docker']);
    expect(readFileSync(at('docker/x'), 'utf8')).toBe('old');
  });

  test('never takes the place of another', async () => {
    mkdirSync(at(`.docker.${suffix}.old`));
    mkdirSync(at('docker'));
    expect(await afterDeath()).toEqual([`.docker.${suffix}.old`, 'docker']);
  });

  test('is gone after the new one has its name', async () => {
    mkdirSync(at('docker'));
    writeFileSync(at('docker/old'), 'old');
    const output = await createOutputDirectory(at('docker'), { force: true });
    await output.directory('new');
    await output.commit();
    expect(readdirSync(directory)).toEqual(['docker']);
    expect(readdirSync(at('docker'))).toEqual(['new']);
  });
});

test('a run that writes begins with it', async () => {
  writeFileSync(at(`.docker.raw.${suffix}`), 'half');
  await killOther();
  const output = await createOutputFile(at('zfs.raw'), { force: false });
  await output.commit();
  expect(readdirSync(directory)).toEqual(['zfs.raw']);
});
