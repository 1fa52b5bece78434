import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CLI, convert, REPOSITORY } from './support/convert.ts';
import { type CommandResult, runCommand } from './support/run-command.ts';

const archive = join(REPOSITORY, 'fixtures/images/flatcar-style.torcx.tgz');
const work = mkdtempSync(join(tmpdir(), 'e2e-fault-'));
const older = join(work, 'docker.raw');
let size: number;

beforeAll(async () => {
  const { image } = await convert({ archive, name: 'docker', directory: join(work, 'good') });
  size = readFileSync(image).length;
  writeFileSync(older, 'the image of yesterday');
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

// Everywhere: the superblock, compressed data, each of the tables, the padding.
const TWELFTHS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

test.each(TWELFTHS)(
  'an image with one wrong bit, %d twelfths from its start, never gets its name',
  async twelfth => {
    const { status, stderr, stdout } = await convertDamaged(Math.floor((twelfth * size) / 12));
    expect(stderr).toContain('the new image failed its check');
    expect({ status, stdout }).toEqual({ status: 70, stdout: '' });
    expect(readdirSync(work).sort()).toEqual(['docker.raw', 'good']);
    expect(readFileSync(older, 'utf8')).toBe('the image of yesterday');
  },
);

test('the fault is what kept it from its name', async () => {
  const { status, stderr } = await convertDamaged(size);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(readFileSync(older).length).toBe(size);
});

function convertDamaged(at: number): Promise<CommandResult> {
  const damage = join(REPOSITORY, 'test/e2e/support/damage-image.mjs');
  const options = ['--verify', '--force', '--quiet', '--output', older];
  const args = ['--import', damage, CLI, archive, 'docker', ...options];
  return runCommand(process.execPath, args, { env: { DAMAGE_AT: String(at) } });
}
