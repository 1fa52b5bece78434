import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockedUpdate } from '../../src/host/locked-update.ts';
import { removeTemporaries } from '../../src/host/temporary.ts';
import { toolErrorOf } from '../support/catch-error.ts';

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'locked-update-'));
  file = join(directory, 'LIST');
});
afterEach(() => rmSync(directory, { recursive: true }));

const appending = (text: string) => (before: Uint8Array) =>
  Buffer.concat([before, Buffer.from(text)]);

test('the file has the new content after the commit, and not before', async () => {
  writeFileSync(file, 'one\n');
  chmodSync(file, 0o640);
  const update = await lockedUpdate(file, appending('two\n'));
  expect(readFileSync(file, 'utf8')).toBe('one\n');
  await update.commit();
  expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n');
  expect(statSync(file).mode & 0o777).toBe(0o640);
  expect(readdirSync(directory)).toEqual(['LIST']);
});

test('a file that is not there is made', async () => {
  await (await lockedUpdate(file, appending('one\n'))).commit();
  expect(readFileSync(file, 'utf8')).toBe('one\n');
});

test('an update that is aborted leaves no trace, one that is committed stays', async () => {
  const update = await lockedUpdate(file, appending('one\n'));
  await update.abort();
  expect(readdirSync(directory)).toEqual([]);
  const other = await lockedUpdate(file, appending('two\n'));
  await other.commit();
  await other.abort();
  expect(readFileSync(file, 'utf8')).toBe('two\n');
});

test('nothing that many make at the same time is lost', async () => {
  const lines = Array.from({ length: 40 }, (_, index) => `line ${index}\n`);
  await Promise.all(lines.map(async line => (await lockedUpdate(file, appending(line))).commit()));
  const found = readFileSync(file, 'utf8').split(/(?<=\n)/);
  expect(found.sort()).toEqual(lines.sort());
});

test('who finds the lock taken for too long says so', async () => {
  const update = await lockedUpdate(file, appending('one\n'));
  const refused = await toolErrorOf(() => lockedUpdate(file, appending('two\n'), 100));
  expect(refused).toMatchObject({
    code: 'output-locked',
    facts: { path: file, lock: join(directory, '.LIST.lock') },
  });
  await update.commit();
  expect(readFileSync(file, 'utf8')).toBe('one\n');
});

test('a signal takes the lock away', async () => {
  await lockedUpdate(file, appending('one\n'));
  removeTemporaries();
  expect(readdirSync(directory)).toEqual([]);
});

test.each<[string, (path: string) => void]>([
  ['a link', path => symlinkSync('elsewhere', path)],
  ['a directory', path => mkdirSync(path)],
])('%s is not replaced', async (_, make) => {
  make(file);
  const refused = await toolErrorOf(() => lockedUpdate(file, appending('one\n')));
  expect(refused.code).toBe('output-unwritable');
  expect(readdirSync(directory)).toEqual(['LIST']);
});

test('a change that fails gives the lock back', async () => {
  const failing = lockedUpdate(file, () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow();
  expect(existsSync(join(directory, '.LIST.lock'))).toBe(false);
});
