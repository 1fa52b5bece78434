import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { REPOSITORY } from './support/convert.ts';
import { runChecked, runCommand } from './support/run-command.ts';

const directory = mkdtempSync(join(tmpdir(), 'package-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** `--offline`: what the program needs is in the package, so that nothing else is fetched. */
test('the packed package installs alone in an empty folder and works there', async () => {
  const packing = await runChecked('npm', ['pack', '--silent', '--pack-destination', directory], {
    cwd: REPOSITORY,
  });
  const tarball = join(directory, packing.trim().split('\n').at(-1) ?? '');
  await runChecked('npm', ['install', '--offline', '--no-save', '--prefix', directory, tarball], {
    cwd: directory,
  });
  const command = join(directory, 'node_modules/.bin/torcx2sysext');
  const { version } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));
  expect(await runChecked(command, ['--version'])).toBe(`torcx2sysext ${version}\n`);
  expect(await runChecked(command, ['--explain', 'TX201'])).toContain('EnvironmentFile');
  const archive = join(REPOSITORY, 'fixtures/images/flatcar-style.torcx.tgz');
  await runChecked(command, [archive, 'docker', '--verify'], { cwd: directory });
  const image = readFileSync(join(directory, 'docker.raw'));
  expect(image.subarray(0, 4).toString()).toBe('hsqs');
  const audit = await runCommand(command, ['--check', join(REPOSITORY, 'fixtures/audit/TX201')]);
  expect(audit.status).toBe(1);
  expect(audit.stdout).toContain('TX201');
});
