import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle } from '../scripts/bundle.mjs';
import { VERSION } from '../src/version.ts';
import { noise } from './support/image-trees.ts';
import { startProgram } from './support/started-program.ts';
import { member, tar } from './support/tar-builder.ts';

/** The program as it is shipped, in a package folder of its own. */
const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
const dist = join(folder, 'dist');
const archive = repositoryPath('fixtures/images/flatcar-style.torcx.tgz');

/** What every start loads, and all that one loads which does no work. */
const STARTUP = ['chunks/rolldown-runtime.js', 'chunks/startup.js', 'cli.js'];

/** Each file costs about a millisecond of start-up. */
const MOST_FILES = 16;

beforeAll(async () => {
  await bundle(dist);
  symlinkSync(repositoryPath('docs'), join(folder, 'docs'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  [['--version'], 0, `torcx2sysext ${VERSION}`],
  [['--help'], 0, 'Examples:'],
  [['--fromat', 'json'], 2, "unknown option '--fromat'"],
  [[], 2, 'missing <archive>'],
] as const)('a start that does no work loads nothing for it: %j', (args, exitCode, text) => {
  const { status, stdout, stderr, files } = startProgram(dist, args);
  expect(stdout + stderr).toContain(text);
  expect(status).toBe(exitCode);
  expect(files).toEqual(STARTUP);
});

test.each([
  { mode: 'convert', args: [archive, 'docker', '--dry-run'] },
  { mode: 'inspect', args: ['--inspect', archive] },
  { mode: 'check', args: ['--check', repositoryPath('fixtures/audit/TX201')] },
  { mode: 'rules', args: ['--explain', 'TX201'] },
])('the mode $mode loads its own part only', ({ args }) => {
  const { status, files, stderr } = startProgram(dist, args);
  expect([0, 1], stderr).toContain(status);
  expect(files.length).toBeGreaterThan(STARTUP.length);
  expect(files.length).toBeLessThanOrEqual(MOST_FILES);
  for (const file of files) {
    expect(readFileSync(join(dist, file), 'utf8'), file).not.toMatch(/\breact-reconciler\b/);
  }
});

test.each(['zstd', 'gzip'])('workers of the bundle compress with %s', compression => {
  const image = join(folder, `${compression}.raw`);
  const large = join(folder, 'large.torcx.tgz');
  writeFileSync(large, gzipSync(tar(member({ name: 'bin/large', data: noise(3 << 20) }))));
  const args = [large, 'large', '-o', image, '--compression', compression, '--jobs', '2'];
  const { status, stderr, files } = startProgram(dist, [...args, '--verify', '--force']);
  expect(status, stderr).toBe(0);
  expect(files).toContain('chunks/compress-worker.js');
  expect(readFileSync(image).subarray(0, 4).toString()).toBe('hsqs');
});

/** An operator installs one package, with exactly the compressors that the tests have seen. */
test('the package has no dependencies, and passes the licences of what it bundles on', () => {
  const manifest = JSON.parse(readFileSync(repositoryPath('package.json'), 'utf8'));
  expect(manifest.dependencies).toBeUndefined();
  const licenses = readFileSync(join(dist, 'LICENSES.txt'), 'utf8');
  for (const name of ['commander', 'fflate', 'tar-stream', '@bokuweb/zstd-wasm']) {
    expect(licenses).toContain(`${name} ${manifest.devDependencies[name]} (`);
  }
});

test('a conversion opens its input, its two spools and each output once', () => {
  const script = `import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    const { open } = fs.promises;
    const opened = [];
    fs.promises.open = (path, ...rest) => (opened.push(path), open(path, ...rest));
    syncBuiltinESMExports();
    process.on('exit', () => fs.writeSync(2, opened.join('\\n')));`;
  const preload = `data:text/javascript,${encodeURIComponent(script)}`;
  const large = join(folder, 'opened.torcx.tgz');
  writeFileSync(large, gzipSync(tar(member({ name: 'bin/large', data: noise(3 << 20) }))));
  const options = ['--quiet', '--force', '-o', join(folder, 'opened.raw')];
  const { stderr } = spawnSync(
    process.execPath,
    ['--import', preload, join(dist, 'cli.js'), large, 'opened', ...options],
    { encoding: 'utf8' },
  );
  // Archive, spool, packed blocks, image, two reports, and the directory for its fsync.
  expect(stderr.split('\n'), stderr).toHaveLength(7);
});

test.each([
  ['a start', ['--version'], ['child_process', 'crypto', 'worker_threads', 'zlib']],
  [
    'an audit',
    ['--check', repositoryPath('fixtures/audit/TX201/good')],
    ['child_process', 'crypto', 'worker_threads', 'zlib', 'stream/web', 'perf_hooks'],
  ],
])('%s does not load what only subprocesses, hashes or threads need', (_, args, unused) => {
  const loaded = builtinsOf(args);
  expect(loaded).toContain('NativeModule fs');
  for (const module of unused) expect(loaded).not.toContain(`NativeModule ${module}`);
});

test('what is loaded late is there when it is needed', () => {
  const loaded = builtinsOf([archive, 'docker', '--dry-run']);
  for (const module of ['crypto', 'zlib']) expect(loaded).toContain(`NativeModule ${module}`);
});

/** The modules of Node.js that a run has loaded in the end. */
function builtinsOf(args: readonly string[]): string[] {
  const script = `process.on('exit', () => console.log(process.moduleLoadList.join('\\n')));`;
  const preload = `data:text/javascript,${encodeURIComponent(script)}`;
  const command = ['--import', preload, join(dist, 'cli.js'), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return stdout.split('\n');
}

function repositoryPath(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}
