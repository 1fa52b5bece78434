import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readBytes } from '../../src/content.ts';
import { type InputFile, openInput } from '../../src/host/open-input.ts';
import { toolErrorOf } from '../support/catch-error.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'open-input-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

async function* noInput(): AsyncGenerator<Uint8Array> {}

async function drain(input: InputFile): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input.stream()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

it('reads a file from the start and at any place, and knows its digest at the end', async () => {
  const path = join(directory, 'a');
  const bytes = Buffer.from(Array.from({ length: 3_000_000 }, (_, n) => n * 7));
  writeFileSync(path, bytes);
  const input = await openInput(path, noInput);
  expect(input.size).toBe(bytes.length);
  expect((await drain(input)).equals(bytes)).toBe(true);
  expect(input.digest()).toEqual({
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
  if (!input.random) throw new Error('a regular file has random access');
  const tail = await readBytes(input.random, bytes.length - 5);
  expect(Buffer.from(tail).equals(bytes.subarray(-5))).toBe(true);
  await input.assertUnchanged();
  appendFileSync(path, 'x');
  expect(await toolErrorOf(() => input.assertUnchanged())).toMatchObject({ code: 'input-changed' });
  await input.close();
});

it('reads standard input for -', async () => {
  const input = await openInput('-', async function* () {
    yield Buffer.from('ab');
    yield Buffer.from('c');
  });
  expect([input.size, input.random]).toEqual([undefined, undefined]);
  expect((await drain(input)).toString()).toBe('abc');
  expect(input.digest().size).toBe(3);
  await input.close();
});

it.each<[string, (path: string) => void, { code: string; facts?: object }]>([
  [
    'imge.tgz',
    path => writeFileSync(join(path, '..', 'image.tgz'), 'x'),
    { code: 'input-missing', facts: { similar: 'image.tgz' } },
  ],
  [
    'link.tgz',
    path => symlinkSync('nowhere.tgz', path),
    { code: 'input-missing', facts: { target: 'nowhere.tgz' } },
  ],
  ['nothing-like-it', () => undefined, { code: 'input-missing' }],
  ['empty', path => writeFileSync(path, ''), { code: 'input-empty' }],
  ['directory', path => mkdirSync(path), { code: 'input-is-directory' }],
])('refuses %s', async (name, prepare, expected) => {
  const path = join(directory, name);
  prepare(path);
  const error = await toolErrorOf(() => openInput(path, noInput));
  expect(error).toMatchObject({
    ...expected,
    facts: { path, ...expected.facts },
  });
});
