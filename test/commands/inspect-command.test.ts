import { describe, expect, it, test } from 'vitest';
import { printingProgram } from '../../fixtures/lib/elf.mjs';
import { ToolError } from '../../src/errors.ts';
import { fixtureImage, TORCX_NAMES } from '../support/fixture-images.ts';
import { inspectInProcess } from '../support/inspect-in-process.ts';
import { validate, validateEveryKey } from '../support/report-schema.ts';
import { member, tar } from '../support/tar-builder.ts';

const fixtures = Object.entries(TORCX_NAMES);

function inspectFixture(fixture: string, args: readonly string[] = []) {
  const archive = fixtureImage(`${fixture}.torcx.tgz`);
  return inspectInProcess(archive, `${TORCX_NAMES[fixture]}.torcx.tgz`, args);
}

/** `vitest -u` writes them. */
test.each([['everything'], ['kernel-module']])(
  'the text about %s is as committed',
  async fixture => {
    const { exitCode, stdout, stderr } = await inspectFixture(fixture);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    await expect(stdout).toMatchFileSnapshot(`golden/${fixture}.inspect.txt`);
  },
);

describe.each(fixtures)('%s', fixture => {
  it('is described by the schema, key for key', async () => {
    const { stdout } = await inspectFixture(fixture, ['--format', 'json']);
    const report: unknown = JSON.parse(stdout);
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
    expect(validateEveryKey(report), JSON.stringify(validateEveryKey.errors)).toBe(true);
  });

  it('fits 80 columns where no path is in the way', async () => {
    const { stdout } = await inspectFixture(fixture);
    const long = stdout.split('\n').filter(line => Array.from(line).length > 80);
    // A path is never broken: it would be a different one when copied.
    expect(
      long.filter(line =>
        line
          .trim()
          .split(/ +/)
          .every(word => word.length < 44),
      ),
    ).toEqual([]);
  });

  it('has a row for every entry in each format', async () => {
    const { stdout } = await inspectFixture(fixture, ['--format', 'json']);
    const { entries, input } = JSON.parse(stdout);
    expect(entries).toHaveLength(input.entries);
    const { stdout: text } = await inspectFixture(fixture);
    expect(text).toContain(`\nEntries (${input.entries})\n`);
    const { stdout: markdown } = await inspectFixture(fixture, ['--format', 'markdown']);
    const table = markdown.split('\n## Entries\n')[1]?.split('\n## ')[0] ?? '';
    expect(table.trim().split('\n')).toHaveLength(input.entries + 2);
  });
});

it('shows the diffs with -v', async () => {
  const line = '    -EnvironmentFile=/run/metadata/torcx\n';
  expect((await inspectFixture('kubelet-style')).stdout).not.toContain(line);
  expect((await inspectFixture('kubelet-style', ['-v'])).stdout).toContain(line);
});

describe('the verdict', () => {
  const elf = (name: string, machine: 'x86_64' | 'aarch64') =>
    member({ name, mode: 0o755, data: printingProgram(machine, 'x') });
  const statics = tar(elf('bin/a', 'x86_64'));
  const mixed = tar(elf('bin/a', 'x86_64'), elf('bin/b', 'aarch64'));

  it('is clean without warnings', async () => {
    const { exitCode, stdout } = await inspectInProcess(statics, 'x.tar', ['--strict']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^x\.tar: converts cleanly\n/);
  });

  it('counts the warnings, which --strict makes fail', async () => {
    const { exitCode, stdout } = await inspectFixture('flatcar-style', ['--strict']);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/: converts with 2 warnings\n +2 {2}TX601 dynamic-elf\n/);
  });

  it('refuses binaries of several architectures, and says everything else all the same', async () => {
    const { exitCode, stdout } = await inspectInProcess(mixed, 'x.tar');
    expect(exitCode).toBe(4);
    expect(stdout).toMatch(
      /^x\.tar: cannot be converted: binaries of several architectures: arm64, x86-64\n/,
    );
    expect(stdout).toContain('  try: --arch');
    expect(stdout).toContain('  bin/b\n    type      arm64, static program\n');
  });

  it('refuses a link that leaves the image, unless that is left out', async () => {
    const link = member({ name: 'bin/b', type: '2', linkName: '../../etc/b' });
    const climbing = tar(elf('bin/a', 'x86_64'), link);
    const { exitCode, stdout } = await inspectInProcess(climbing, 'x.tar');
    expect(exitCode).toBe(4);
    expect(stdout).toMatch(
      /^x\.tar: cannot be converted: 'bin\/b' is a symbolic link that leaves the image:\s+'\.\.\/\.\.\/etc\/b'\n/,
    );
    expect(stdout).toContain('  try: --drop bin/b\n');
    expect(await inspectInProcess(climbing, 'x.tar', ['--drop', 'bin/b'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^x\.tar: converts cleanly\n/),
    });
    const { stdout: json } = await inspectInProcess(climbing, 'x.tar', ['--format', 'json']);
    expect(validateEveryKey(JSON.parse(json)), JSON.stringify(validateEveryKey.errors)).toBe(true);
  });

  it('is the same in JSON', async () => {
    const { exitCode, stdout } = await inspectInProcess(mixed, 'x.tar', ['--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      exitCode,
      extension: null,
      verdict: { status: 'refused', code: 'mixed-architecture' },
    });
    expect(validateEveryKey(JSON.parse(stdout)), JSON.stringify(validateEveryKey.errors)).toBe(
      true,
    );
  });

  it('takes the word of the user for the architecture', async () => {
    const { exitCode, stdout } = await inspectInProcess(mixed, 'x.tar', ['--arch', 'arm64']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('x.tar: converts with 1 warning\n    1  TX609 mixed-architecture\n');
  });
});

it('has no verdict about an archive that cannot be read', async () => {
  const cut = fixtureImage('everything.torcx.tgz').subarray(0, 2000);
  await expect(inspectInProcess(cut, 'x.tgz')).rejects.toThrow(ToolError);
});

it('shows no control character of a name', async () => {
  const archive = tar(member({ name: 'usr/a\u001b[31m\u202eb', data: 'x' }));
  for (const format of ['text', 'json', 'markdown']) {
    const { stdout } = await inspectInProcess(archive, 'x.tar', ['--format', format]);
    expect(stdout.includes('\u001b') || stdout.includes('\u202e')).toBe(false);
  }
});
