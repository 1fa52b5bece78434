import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { recordFigure } from '../support/record-figure.ts';
import { REPOSITORY } from './support/convert.ts';

const KILLS = 20;
const FILES = 100;
const BEFORE = '[Service]\nEnvironmentFile=/run/metadata/torcx\nExecStart=/usr/bin/true\n';
const AFTER = '[Service]\nExecStart=/usr/bin/true\n';

const directory = mkdtempSync(join(tmpdir(), 'killed-fix-'));
const units = join(directory, 'systemd/system');
mkdirSync(units, { recursive: true });
afterAll(() => rmSync(directory, { recursive: true }));

test('a fix that is killed leaves each file as it was or mended, and the next run removes the rest', async context => {
  breakAll();
  await fix(); // What is read for the first time takes longer.
  breakAll();
  const began = performance.now();
  await fix();
  const whole = performance.now() - began;
  expect(contents()).toEqual(new Set([AFTER]));
  let leftovers = 0;
  for (let count = 0; count < KILLS; count += 1) {
    breakAll();
    await fix((whole * (count + 0.5)) / KILLS);
    for (const content of contents()) expect([BEFORE, AFTER]).toContain(content);
    leftovers += hidden().length > 0 ? 1 : 0;
  }
  breakAll();
  await fix();
  expect(contents()).toEqual(new Set([AFTER]));
  expect(hidden()).toEqual([]);
  recordFigure(context, `${KILLS} kills, ${leftovers} with something left behind`);
});

function breakAll(): void {
  for (let index = 0; index < FILES; index += 1) {
    writeFileSync(join(units, `unit-${index}.service`), BEFORE);
  }
}

const hidden = () => readdirSync(units).filter(name => name.startsWith('.'));

function contents(): Set<string> {
  const names = readdirSync(units).filter(name => !name.startsWith('.'));
  return new Set(names.map(name => readFileSync(join(units, name), 'utf8')));
}

/** Mends all, or is killed after so many milliseconds. */
async function fix(killedAfter?: number): Promise<void> {
  const args = [join(REPOSITORY, 'dist/cli.js'), '--check', directory, '--fix'];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const ended = once(child, 'close');
  if (killedAfter !== undefined) {
    await setTimeout(killedAfter);
    child.kill('SIGKILL');
  }
  await ended;
}
