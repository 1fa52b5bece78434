import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createOutputFile } from '../../src/host/output-file.ts';
import { forgetTemporary, removeTemporaries, temporaryPath } from '../../src/host/temporary.ts';
import { toolErrorOf } from '../support/catch-error.ts';

let directory: string;
const target = () => join(directory, 'docker.raw');
const bytes = (text: string) => new TextEncoder().encode(text);

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'output-file-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

it('shows its file only when it is committed', async () => {
  const output = await createOutputFile(target(), { force: false });
  await output.append([bytes('hello '), bytes(''), bytes('world')]);
  await output.patch(0, bytes('J'));
  const [temporary] = readdirSync(directory);
  expect(temporary).toMatch(/^\.docker\.raw\.[0-9a-f]{32}$/);
  expect([output.size, output.content().size]).toEqual([11, 11]);
  await output.commit();
  expect(readdirSync(directory)).toEqual(['docker.raw']);
  expect(readFileSync(target(), 'utf8')).toBe('Jello world');
  await output.abort();
  expect(readdirSync(directory)).toEqual(['docker.raw']);
});

it('leaves nothing behind when it is aborted', async () => {
  const output = await createOutputFile(target(), { force: false });
  await output.append([bytes('x')]);
  await output.abort();
  expect(readdirSync(directory)).toEqual([]);
});

it('refuses to replace a file, unless it is forced to', async () => {
  writeFileSync(target(), 'old');
  const refused = await toolErrorOf(() => createOutputFile(target(), { force: false }));
  expect(refused).toMatchObject({ code: 'output-exists', facts: { path: target(), size: 3 } });
  const output = await createOutputFile(target(), { force: true });
  await output.append([bytes('new')]);
  expect(readFileSync(target(), 'utf8')).toBe('old');
  await output.commit();
  expect(readFileSync(target(), 'utf8')).toBe('new');
});

it('does not replace a file that somebody made in the meantime', async () => {
  const output = await createOutputFile(target(), { force: false });
  await output.append([bytes('ours')]);
  writeFileSync(target(), 'theirs');
  expect(await toolErrorOf(() => output.commit())).toMatchObject({ code: 'output-exists' });
  await output.abort();
  expect(readdirSync(directory)).toEqual(['docker.raw']);
  expect(readFileSync(target(), 'utf8')).toBe('theirs');
});

it('says what is wrong with the directory', async () => {
  const path = join(directory, 'no', 'such', 'docker.raw');
  const error = await toolErrorOf(() => createOutputFile(path, { force: false }));
  expect(error).toEqual({
    code: 'output-unwritable',
    facts: { path: join(directory, 'no', 'such'), reason: 'no such directory' },
  });
});

it('refuses a directory, forced or not', async () => {
  mkdirSync(target());
  const error = await toolErrorOf(() => createOutputFile(target(), { force: true }));
  expect(error).toEqual({
    code: 'output-unwritable',
    facts: { path: target(), reason: 'it is a directory' },
  });
});

it('removes what an interrupted run has left', async () => {
  const output = await createOutputFile(target(), { force: false });
  await output.append([bytes('half')]);
  expect(removeTemporaries()).toBe(1);
  expect(readdirSync(directory)).toEqual([]);
  await output.abort();
});

it('removes at the end what was made once more after a signal', () => {
  const temporary = temporaryPath(target());
  removeTemporaries();
  writeFileSync(temporary, 'late');
  removeTemporaries();
  expect(readdirSync(directory)).toEqual([]);
  forgetTemporary(temporary);
});
