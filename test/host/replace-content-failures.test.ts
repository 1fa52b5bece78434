import {
  appendFileSync,
  chmodSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { replaceContent } from '../../src/host/replace-content.ts';

/** What happens right after cp(1) has made its copy. */
const afterCopy = vi.hoisted(() => ({ run: (_copy: string) => {} }));
vi.mock(import('../../src/host/copy-attributes.ts'), async importOriginal => {
  const { copyWithAttributes } = await importOriginal();
  return {
    copyWithAttributes: async (from: string, to: string) => {
      const isWhole = await copyWithAttributes(from, to);
      afterCopy.run(to);
      return isWhole;
    },
  };
});

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'replace-failures-'));
  writeFileSync(at('x'), before, { mode: 0o640 });
});
afterEach(() => {
  afterCopy.run = () => {};
  vi.restoreAllMocks();
  rmSync(directory, { recursive: true });
});

const before = Buffer.from('old\n');
const after = Buffer.from('new and longer\n');
const at = (name: string) => join(directory, name);
const replace = () => replaceContent({ diskPath: at('x'), before, after });

test('what somebody writes into the file meanwhile is kept, and the change is not made', async () => {
  afterCopy.run = () => appendFileSync(at('x'), 'theirs\n');
  expect(await replace()).toBe('it changed since it was read');
  expect(readFileSync(at('x'), 'utf8')).toBe('old\ntheirs\n');
  expect(readdirSync(directory)).toEqual(['x']);
});

test('a copy with another mode than the file never takes its place', async () => {
  const { ino } = statSync(at('x'));
  afterCopy.run = copy => chmodSync(copy, 0o644);
  expect(await replace()).toBeUndefined();
  expect(readFileSync(at('x'))).toEqual(after);
  const now = statSync(at('x'));
  expect([now.mode & 0o777, now.ino]).toEqual([0o640, ino]);
  expect(readdirSync(directory)).toEqual(['x']);
});

test('a file that could not be written to its end has its old content again', async () => {
  linkSync(at('x'), at('y'));
  const handle = await open(at('x'));
  const handles: FileHandle = Object.getPrototypeOf(handle);
  await handle.close();
  vi.spyOn(handles, 'sync').mockRejectedValue(new Error('the disk is full'));
  expect(await replace()).toBe('the disk is full');
  expect(readFileSync(at('x'))).toEqual(before);
});
