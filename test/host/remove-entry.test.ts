import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { removeEntry } from '../../src/host/remove-entry.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'remove-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const at = (name: string) => join(directory, name);
const removeFile = (name: string, before: string, backup?: string) =>
  removeEntry({
    kind: 'file',
    diskPath: at(name),
    before: Buffer.from(before),
    ...(backup !== undefined && { backup: at(backup) }),
  });
const removeLink = (name: string, target: string, backup?: string) =>
  removeEntry({
    kind: 'symlink',
    diskPath: at(name),
    target,
    ...(backup !== undefined && { backup: at(backup) }),
  });

test('a file or link that is as it was goes', async () => {
  writeFileSync(at('file'), 'old');
  symlinkSync('/dev/null', at('link'));
  expect(await removeFile('file', 'old')).toBeUndefined();
  expect(await removeLink('link', '/dev/null')).toBeUndefined();
  expect(readdirSync(directory)).toEqual([]);
});

test('what is something else by now stays', async () => {
  writeFileSync(at('file'), 'new');
  symlinkSync('/dev/zero', at('link'));
  mkdirSync(at('directory'));
  const changed = 'it changed since it was read';
  expect(await removeFile('file', 'old')).toBe(changed);
  expect(await removeFile('link', '')).toBe(changed);
  expect(await removeFile('directory', '')).toBe(changed);
  expect(await removeLink('link', '/dev/null')).toBe(changed);
  expect(await removeLink('file', 'new')).toBe(changed);
  expect(await removeFile('absent', '')).toBe('it is gone');
  expect(readdirSync(directory)).toEqual(['directory', 'file', 'link']);
});

test('the copy comes first, and an older one of another version is left alone', async () => {
  writeFileSync(at('file'), 'old');
  symlinkSync('/dev/null', at('link'));
  expect(await removeFile('file', 'old', 'copies/file')).toBeUndefined();
  expect(await removeLink('link', '/dev/null', 'copies/link')).toBeUndefined();
  expect(readFileSync(at('copies/file'), 'utf8')).toBe('old');
  expect(readlinkSync(at('copies/link'))).toBe('/dev/null');
  writeFileSync(at('file'), 'newer');
  symlinkSync('/dev/zero', at('link'));
  const kept = 'a backup of another version is at';
  expect(await removeFile('file', 'newer', 'copies/file')).toContain(kept);
  expect(await removeLink('link', '/dev/zero', 'copies/link')).toContain(kept);
  expect(existsSync(at('file'))).toBe(true);
  expect(readlinkSync(at('link'))).toBe('/dev/zero');
});
