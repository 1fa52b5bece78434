import { chmodSync, lstatSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { backUpFile } from '../../src/host/back-up.ts';
import { systemName } from '../../src/host/system-name.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'back-up-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

// Names that are no UTF-8 cannot be given to cp(1).
test.each(['plain.conf', 'bytes-\udcff.conf'])('%j is copied with its mode', async name => {
  const diskPath = join(directory, name);
  const backup = join(directory, 'kept', name);
  writeFileSync(systemName(diskPath), 'old\n');
  chmodSync(systemName(diskPath), 0o4676);
  const before = readFileSync(systemName(diskPath));
  expect(await backUpFile({ diskPath, before, backup })).toBeUndefined();
  expect(readFileSync(systemName(backup), 'utf8')).toBe('old\n');
  expect(lstatSync(systemName(backup)).mode & 0o7777).toBe(0o4676);
});

test('another version that is kept already is not replaced', async () => {
  const diskPath = join(directory, 'a.conf');
  const backup = join(directory, 'a.conf.kept');
  writeFileSync(diskPath, 'new\n');
  writeFileSync(backup, 'old\n');
  const refusal = await backUpFile({ diskPath, before: readFileSync(diskPath), backup });
  expect(refusal).toBe(`a backup of another version is at ${backup}`);
  expect(readFileSync(backup, 'utf8')).toBe('old\n');
});
