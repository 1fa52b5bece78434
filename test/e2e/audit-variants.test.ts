import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { auditVariants } from '../support/audit-variants.ts';
import { checkInProcess } from '../support/check-in-process.ts';
import { requireTools } from './support/require-tools.ts';
import { runCommand } from './support/run-command.ts';

const UNIT =
  /^\/etc\/systemd\/system\/((?:[^/]+\.(?:service|socket|mount|path|timer))(?:\.d\/[^/]+\.conf)?)$/;

/** What systemd leaves to other programs stays as it is. */
const FOREIGN_SECTIONS = /^\[X-.*\]\n(?:[^[].*\n)*/gm;

/** What somebody wants to keep is kept. */
const IGNORE = /torcx2sysext: ignore/;

const TORCX =
  /^(?:EnvironmentFile|Requires|After)\s*=.*(?:metadata\/torcx|(?<![\w-])torcx\.target)(?![\w.-])/m;

/** The units and drop-ins of each tree that has some. */
const trees = auditVariants().flatMap(({ title, files }) => {
  const units = Object.entries(files).flatMap(([path, content]) => {
    const name = UNIT.exec(path)?.[1];
    return name !== undefined && typeof content === 'string' ? [[name, content] as const] : [];
  });
  return units.length > 0 ? [{ title, units }] : [];
});

describe.runIf(requireTools(['systemd-analyze']))('what --fix makes of units', () => {
  test.each(trees)(
    'says nothing to systemd that they did not say with Torcx: $title',
    async ({ units }) => {
      const directory = mkdtempSync(join(tmpdir(), 'variants-'));
      try {
        const place = join(directory, 'etc/systemd/system');
        for (const [name, content] of units) write(join(place, name), content);
        for (const [name] of units) addUnit(place, name);
        const names = [...new Set(units.map(([name]) => unitOf(name)))];
        write(join(directory, 'torcx/torcx.target'), '[Unit]\nDescription=Torcx\n');
        const before = await verify(names, [place, join(directory, 'torcx')]);
        await checkInProcess(['--check', place, '--fix', '--unsafe-fixes']);
        const after = await verify(names, [place]);
        expect(after.filter(line => !before.includes(line))).toEqual([]);
        const left = units.map(([name]) => readFileSync(join(place, name), 'utf8'));
        const judged = left.filter(text => !IGNORE.test(text)).join('');
        expect(judged.replace(FOREIGN_SECTIONS, '')).not.toMatch(TORCX);
      } finally {
        rmSync(directory, { recursive: true });
      }
    },
  );
});

function unitOf(name: string): string {
  return name.includes('/') ? dirname(name).replace(/\.d$/, '') : name;
}

/** A drop-in can only be looked at with the unit that it changes. */
function addUnit(place: string, name: string): void {
  const unit = unitOf(name);
  if (unit === name || unit !== basename(unit)) return;
  write(join(place, unit), '[Service]\nExecStart=/usr/bin/true\n', 'wx');
}

function write(path: string, content: string, flag = 'w'): void {
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(path, content, { flag });
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST') throw error;
  }
}

/** What systemd has to say, but for programs that are not on this machine, and without numbers of lines. */
async function verify(units: readonly string[], directories: readonly string[]): Promise<string[]> {
  const paths = units.map(unit => join(directories[0] ?? '', unit));
  const SYSTEMD_UNIT_PATH = directories.map(directory => `${directory}:`).join('');
  const { stdout, stderr } = await runCommand('systemd-analyze', ['verify', '--man=no', ...paths], {
    env: { SYSTEMD_UNIT_PATH },
  });
  return (stdout + stderr)
    .split('\n')
    .filter(line => line !== '' && !/is not executable|Failed to prepare filename/.test(line))
    .map(line => line.replace(/:\d+:/, ':'));
}
