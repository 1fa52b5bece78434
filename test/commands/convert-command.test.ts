import { createHash } from 'node:crypto';
import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConvertOptions } from '../../src/command-line/convert-options.ts';
import { parseCommandLine } from '../../src/command-line/options.ts';
import { convertCommand } from '../../src/commands/convert-command.ts';
import { toolErrorOf } from '../support/catch-error.ts';
import { fakeIo } from '../support/fake-io.ts';

const FIXTURE = 'fixtures/images/flatcar-style.torcx.tgz';
const NO_TERMINAL = { stdin: false, stdout: false, stderr: false };

let directory: string;
let archive: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'convert-command-'));
  archive = join(directory, 'docker:20.10.torcx.tgz');
  cpSync(FIXTURE, archive);
});
afterEach(() => rmSync(directory, { recursive: true }));

function options(args: readonly string[], env: Record<string, string> = {}): ConvertOptions {
  const command = parseCommandLine(args, env, NO_TERMINAL);
  if (command.mode !== 'convert') throw new Error(`parsed as ${command.mode}`);
  return command;
}

async function run(args: readonly string[], env: Record<string, string> = {}) {
  const io = fakeIo();
  const exitCode = await convertCommand(options(args, env), io);
  return { exitCode, ...io.said };
}

/** What is in the directory besides the archive, hidden files included. */
function written(): string[] {
  return readdirSync(directory).filter(name => !name.endsWith('.tgz'));
}

function digest(name: string): string {
  return createHash('sha256')
    .update(readFileSync(join(directory, name)))
    .digest('hex');
}

const image = () => join(directory, 'docker.raw');

it('writes the image and its two reports, and says so', async () => {
  const { exitCode, stdout } = await run([archive, 'docker', '-o', image()]);
  expect(exitCode).toBe(0);
  expect(written()).toEqual(['docker.raw', 'docker.report.json', 'docker.report.md']);
  const lines = ['docker.raw', 'docker.report.md', 'docker.report.json'];
  expect(stdout).toBe(lines.map(name => `wrote ${join(directory, name)}\n`).join(''));
  const report = JSON.parse(readFileSync(join(directory, 'docker.report.json'), 'utf8'));
  expect(report.output).toMatchObject({ path: 'docker.raw', sha256: digest('docker.raw') });
  expect(report.input.sha256).toBe(digest('docker:20.10.torcx.tgz'));
});

it('takes the name from the archive, and a directory for the output', async () => {
  await run([archive, '-o', directory, '--no-report']);
  expect(written()).toEqual(['docker.raw']);
});

it('gives the same image and reports for every number of jobs, in every directory', async () => {
  await run([archive, 'docker', '-o', image(), '--jobs', '1']);
  const first = written().map(digest);
  mkdirSync(join(directory, 'b.tgz'));
  const other = join(directory, 'b.tgz');
  await run([archive, 'docker', '-o', join(other, 'docker.raw'), '--jobs', '3', '--verify']);
  const second = readdirSync(other).map(name => digest(join('b.tgz', name)));
  expect(second).toEqual(first);
});

it('calls the reports after the extension, whatever the image is called', async () => {
  await run([archive, 'docker', '-o', join(directory, 'docker-20.10.raw')]);
  expect(written()).toEqual(['docker-20.10.raw', 'docker.report.json', 'docker.report.md']);
});

it('writes nothing in a dry run', async () => {
  const { stdout } = await run([archive, 'docker', '-o', image(), '--dry-run']);
  expect(stdout).toContain('nothing was written');
  expect(written()).toEqual([]);
});

it('prints one JSON document when asked to', async () => {
  const { stdout } = await run([archive, 'docker', '-o', image(), '--format', 'json']);
  expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: '1.0', mode: 'convert' });
});

it('puts the result into a file instead', async () => {
  const file = join(directory, 'result.md');
  const args = [archive, 'docker', '-o', image(), '--no-report', '--format', 'markdown'];
  const { stdout } = await run([...args, '--output-file', file]);
  expect(stdout).toBe('');
  expect(readFileSync(file, 'utf8')).toContain('## Next steps');
});

it('writes the reports that it is told to', async () => {
  const report = join(directory, 'r.json');
  await run([archive, 'docker', '-o', image(), '--report', report]);
  expect(written()).toEqual(['docker.raw', 'r.json']);
});

it('leaves an old file alone, unless it is forced to', async () => {
  writeFileSync(image(), 'old');
  const refused = await toolErrorOf(() => run([archive, 'docker', '-o', image()]));
  expect(refused.code).toBe('output-exists');
  expect([written(), readFileSync(image(), 'utf8')]).toEqual([['docker.raw'], 'old']);
  await run([archive, 'docker', '-o', image(), '--force']);
  expect(readFileSync(image()).subarray(0, 4).toString()).toBe('hsqs');
});

it('also asks before it replaces a report', async () => {
  writeFileSync(join(directory, 'docker.report.md'), 'mine');
  const refused = await toolErrorOf(() => run([archive, 'docker', '-o', image()]));
  expect(refused.code).toBe('output-exists');
  expect(written()).toEqual(['docker.report.md']);
});

it.each<[args: string[]]>([
  [['-o', 'docker.report.md']],
  [['--report', 'docker.raw/../docker.raw.md', '--report', './docker.raw.md']],
  [['--image-url', 'https://images.example/docker.raw', '--butane', 'docker.raw']],
  [['--format=json', '--output-file', 'docker.report.json']],
  [['--sha256sums', '-o', 'SHA256SUMS']],
])('does not write two files of one name, for %j', async args => {
  const inside = args.map(arg => (/^-|:/.test(arg) ? arg : `${directory}/${arg}`));
  const named = args.includes('-o') ? inside : [...inside, '-o', image()];
  const refused = await toolErrorOf(() => run([archive, 'docker', '--force', ...named]));
  expect(refused).toMatchObject({
    code: 'usage',
    facts: { what: expect.stringContaining('written twice') },
  });
  expect(written()).toEqual([]);
});

it('does not write over the archive', async () => {
  const before = readFileSync(archive);
  const refused = await toolErrorOf(() => run([archive, 'docker', '-o', archive, '--force']));
  expect(refused).toMatchObject({
    code: 'usage',
    facts: { what: `'${archive}' is the archive, and would be overwritten` },
  });
  expect(readFileSync(archive).equals(before)).toBe(true);
  expect(written()).toEqual([]);
});

it('says of an extension that it is one, though an image of it would have its name', async () => {
  await run([archive, 'docker', '-o', image(), '--no-report']);
  const refused = await toolErrorOf(() => run([image(), '-o', directory]));
  expect(refused.code).toBe('already-sysext');
  expect(written()).toEqual(['docker.raw']);
});

it('asks before it replaces the file of its result', async () => {
  const result = join(directory, 'result.json');
  writeFileSync(result, 'mine');
  const args = ['--format', 'json', '--output-file', result];
  const refused = await toolErrorOf(() => run([archive, 'docker', '-o', image(), ...args]));
  expect(refused).toMatchObject({ code: 'output-exists', facts: { path: result } });
  expect(written()).toEqual(['result.json']);
});

it('writes nothing when warnings are to fail and there are some', async () => {
  const refused = await toolErrorOf(() => run([archive, 'docker', '-o', image(), '--strict']));
  expect(refused).toMatchObject({ code: 'strict' });
  expect(written()).toEqual([]);
});

it('leaves nothing of an archive that turns out to be broken', async () => {
  const bytes = readFileSync(archive);
  writeFileSync(archive, bytes.subarray(0, bytes.length - 100));
  const refused = await toolErrorOf(() => run([archive, 'docker', '-o', image()]));
  expect(refused.code).toBe('archive-truncated');
  expect(written()).toEqual([]);
});

it('reads standard input', async () => {
  const io = fakeIo([readFileSync(archive)]);
  await convertCommand(options(['-', 'docker', '-o', image()]), io);
  const first = digest('docker.raw');
  await run([archive, 'docker', '-o', image(), '--force']);
  expect(digest('docker.raw')).toBe(first);
});

it('makes a directory instead of an image', async () => {
  const tree = join(directory, 'docker');
  await run([archive, 'docker', '-o', tree, '--image-format', 'directory']);
  expect(lstatSync(join(tree, 'usr/bin/docker')).mode & 0o7777).toBe(0o755);
  expect(lstatSync(join(tree, 'usr/bin')).mode & 0o7777).toBe(0o755);
  expect(readlinkSync(join(tree, 'usr/bin/docker-init'))).toBe('tini');
  const release = join(tree, 'usr/lib/extension-release.d/extension-release.docker');
  expect(readFileSync(release, 'utf8')).toBe(
    'ID=flatcar\nSYSEXT_LEVEL=1.0\nARCHITECTURE=x86-64\nEXTENSION_RELOAD_MANAGER=1\n',
  );
  const refused = await toolErrorOf(() =>
    run([archive, 'docker', '-o', tree, '--image-format', 'directory', '--no-report']),
  );
  expect(refused.code).toBe('output-exists');
  await run([
    archive,
    'docker',
    '-o',
    tree,
    '--image-format',
    'directory',
    '--force',
    '--no-report',
  ]);
  expect(written()).toEqual(['docker', 'docker.report.json', 'docker.report.md']);
});

it.each<[args: string[], env: Record<string, string>, release: string]>([
  [['--os', '_any'], {}, 'ID=_any\nARCHITECTURE=x86-64\nEXTENSION_RELOAD_MANAGER=1\n'],
  [['--no-reload'], { OS: 'fedora' }, 'ID=fedora\nSYSEXT_LEVEL=1.0\nARCHITECTURE=x86-64\n'],
  [
    ['--os-version', '3815.2.0', '--arch', 'aarch64', '--no-reload'],
    {},
    'ID=flatcar\nVERSION_ID=3815.2.0\nARCHITECTURE=arm64\n',
  ],
])('writes the extension-release that %j %j ask for', async (args, env, release) => {
  const tree = join(directory, 'docker');
  await run([archive, 'docker', '-o', tree, '--image-format', 'directory', ...args], env);
  const path = join(tree, 'usr/lib/extension-release.d/extension-release.docker');
  expect(readFileSync(path, 'utf8')).toBe(release);
});

it('starts what it is told to start, and not what it is told not to', async () => {
  const args = ['--enable', 'docker.service', '--no-enable', 'containerd.service'];
  await run([archive, 'docker', '-o', image(), ...args]);
  const report = JSON.parse(readFileSync(join(directory, 'docker.report.json'), 'utf8'));
  expect(report.enabled.map((row: { unit: string }) => row.unit).sort()).toEqual([
    'docker.service',
    'docker.socket',
  ]);
});

describe('publishing', () => {
  const url = 'https://images.example.com/docker';
  const publish = (version: string, ...args: readonly string[]) =>
    run([archive, 'docker', '-o', directory, '--image-version', version, ...args]);
  const text = (name: string) => readFileSync(join(directory, name), 'utf8');

  it('puts the version and the architecture into the names, and the image into the list', async () => {
    const { stdout } = await publish('20.10', '--sha256sums');
    const files = ['docker-20.10-x86-64.raw', 'docker-20.10-x86-64.report.json'];
    expect(written()).toEqual(['SHA256SUMS', ...files, 'docker-20.10-x86-64.report.md']);
    expect(text('SHA256SUMS')).toBe(`${digest(files[0] ?? '')}  ${files[0]}\n`);
    expect(stdout).toContain(`wrote ${join(directory, 'SHA256SUMS')}\n`);
    const report = JSON.parse(text(files[1] ?? ''));
    expect(report.output).toMatchObject({ version: '20.10', sums: 'SHA256SUMS' });
    expect(report.output.extensionRelease.path).toMatch(/extension-release\.docker$/);
  });

  it('keeps the lines of other versions, and writes its own anew', async () => {
    await publish('1', '--sha256sums', '--no-report');
    await publish('2', '--sha256sums', '--no-report', '--compression', 'gzip');
    await publish('1', '--sha256sums', '--no-report', '--compression', 'zstd:1', '--force');
    expect(text('SHA256SUMS')).toBe(
      `${digest('docker-1-x86-64.raw')}  docker-1-x86-64.raw\n` +
        `${digest('docker-2-x86-64.raw')}  docker-2-x86-64.raw\n`,
    );
  });

  it('writes the transfer file in both names, and the list with it', async () => {
    await publish('1', '--sysupdate', url, '--no-report');
    expect(written()).toEqual([
      'SHA256SUMS',
      'docker-1-x86-64.raw',
      'docker.conf',
      'docker.transfer',
    ]);
    expect(text('docker.conf')).toContain(`\nPath=${url}/\n`);
    expect(text('docker.transfer')).toBe(text('docker.conf'));
  });

  it('leaves a transfer file alone that somebody has changed', async () => {
    await publish('1', '--sysupdate', url, '--no-report');
    writeFileSync(join(directory, 'docker.transfer'), '# mine\n');
    const { stdout, stderr } = await publish('2', '--sysupdate', url, '--no-report');
    expect(text('docker.transfer')).toBe('# mine\n');
    expect(stderr).toContain(`${join(directory, 'docker.transfer')} is kept as it is; --force`);
    expect(stderr).not.toContain('docker.conf');
    expect(stdout).not.toContain('docker.transfer');
    await publish('2', '--sysupdate', url, '--no-report', '--force');
    expect(text('docker.transfer')).toBe(text('docker.conf'));
  });

  it('says when a signature does not fit any more, and asks nodes to look at it', async () => {
    writeFileSync(join(directory, 'SHA256SUMS.gpg'), '');
    const { stderr } = await publish('1', '--sysupdate', url, '--no-report');
    expect(stderr).toContain('SHA256SUMS.gpg does not fit');
    expect(text('docker.conf')).toContain('Verify=true');
  });

  it('leaves the image and everything else away when the list cannot be written', async () => {
    mkdirSync(join(directory, 'SHA256SUMS'));
    const refused = await toolErrorOf(() => publish('1', '--sysupdate', url));
    expect(refused.code).toBe('output-unwritable');
    expect(written()).toEqual(['SHA256SUMS']);
  });

  it('does not take the name of a file together with a version', async () => {
    const args = [archive, 'docker', '-o', image(), '--image-version', '1', '--arch', 'x86-64'];
    expect(await toolErrorOf(() => run(args))).toMatchObject({ code: 'usage' });
    expect(written()).toEqual([]);
  });

  it('lists an image without a version too', async () => {
    await run([archive, 'docker', '-o', image(), '--sha256sums', '--no-report']);
    expect(text('SHA256SUMS')).toBe(`${digest('docker.raw')}  docker.raw\n`);
  });
});
