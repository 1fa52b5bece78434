import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { commitAll } from '../../src/host/commit-all.ts';
import { createOutputFile } from '../../src/host/output-file.ts';

/** What was done with files and directories, in the order in which it was done. */
const done: string[] = [];
let directory: string;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'durable-'));
  done.length = 0;
  const handle = await open(directory);
  const handles: FileHandle = Object.getPrototypeOf(handle);
  await handle.close();
  const { sync } = handles;
  const isDirectory = async (file: FileHandle) => (await file.stat()).isDirectory();
  vi.spyOn(handles, 'sync').mockImplementation(async function (this: FileHandle) {
    done.push((await isDirectory(this)) ? 'sync directory' : 'sync file');
    return sync.call(this);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(directory, { recursive: true });
});

function output(name: string) {
  return createOutputFile(join(directory, name), { force: false });
}

it('is on the disk before it has its name', async () => {
  const file = await output('a');
  await file.append([new Uint8Array(1)]);
  await file.commit();
  expect(done).toEqual(['sync file']);
});

it('is brought to the disk again after a change, and only then', async () => {
  const file = await output('a');
  await file.append([new Uint8Array(1)]);
  await file.sync();
  await file.sync();
  expect(done).toHaveLength(1);
  await file.patch(0, new Uint8Array(1));
  await file.sync();
  expect(done).toHaveLength(2);
  await file.append([new Uint8Array(1)]);
  await file.sync();
  expect(done).toHaveLength(3);
  await file.fill(9, async () => {});
  await file.commit();
  expect(done).toHaveLength(4);
});

it('has a name that lasts: each directory is brought to the disk once, after all that is in it', async () => {
  mkdirSync(join(directory, 'sub'));
  const files = [await output('a'), await output('b'), await output('sub/c')];
  await commitAll(files);
  const [file, entry] = ['sync file', 'sync directory'];
  expect(done).toEqual([file, file, file, entry, entry]);
});
