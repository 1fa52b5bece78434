import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { printingProgram } from '../fixtures/lib/elf.mjs';
import { bundle } from '../scripts/bundle.mjs';
import { releaseArchive } from './support/docker-release.ts';
import { type FileServer, sendFile, serve } from './support/file-server.ts';
import { fixtureImage } from './support/fixture-images.ts';
import { placeOf, type ReadmeBlock, readmeBlocks } from './support/readme-blocks.ts';

/** Everything that the commands of README.md write is here. */
const folder = mkdtempSync(join(tmpdir(), 'readme-'));
const work = join(folder, 'work');
const bin = join(folder, 'bin');
const root = join(folder, 'root');

const release = releaseArchive();
const sha256 = createHash('sha256').update(release).digest('hex');
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const all = readmeBlocks();
let mirror: FileServer;

beforeAll(async () => {
  await bundle(join(folder, 'dist'));
  symlinkSync(new URL('../docs', import.meta.url), join(folder, 'docs'));
  mirror = await serve(sendFile(release));
  const cli = `'${process.execPath}' '${join(folder, 'dist/cli.js')}'`;
  const network = `TORCX2SYSEXT_MIRROR=${mirror.origin} TORCX2SYSEXT_SHA256=${sha256}`;
  writeScript(
    'torcx2sysext',
    `case "$*" in *'--docker 28.5.1'*) export ${network};; esac\nexec ${cli} "$@"`,
  );
  writeScript('sudo', 'exec "$@"');
  write(join(work, 'docker:20.10.torcx.tgz'), fixtureImage('flatcar-style.torcx.tgz'));
  write(join(work, 'docker-28.5.1.tgz'), release);
  write(join(work, 'mytool-1.0'), printingProgram('x86_64', 'mytool'));
  write(join(work, 'mytool.service'), '[Service]\nExecStart=/usr/bin/mytool\n');
  write(join(root, 'etc/systemd/system-generators/torcx-generator'), '');
  write(
    join(root, 'etc/systemd/system/docker.service.d/10-env.conf'),
    '[Service]\n# The profile of this node.\nEnvironmentFile=/run/metadata/torcx\n',
  );
});
afterAll(async () => {
  await mirror.close();
  rmSync(folder, { recursive: true });
});

test('every command of README.md is run by a test, or is here with a reason', () => {
  const unrun = all.flatMap(block => {
    const place = placeOf(block);
    return typeof place === 'string' ? [] : [`${firstLine(block)}: ${place.nowhere}`];
  });
  process.stdout.write(unrun.map(line => `not run: ${line}\n`).join(''));
  expect(unrun).toHaveLength(2);
});

test.each([
  'Convert an image',
  "Audit a node's configuration",
  'Look inside an image',
  'Build Docker from upstream',
  'Build an extension of your own',
  'Publish',
  'On a node that runs',
  'On new nodes',
  'Roll back',
])('there are commands under "%s"', task => {
  expect(all.map(({ section }) => section)).toContain(task);
});

describe('what README.md says', () => {
  const blocks = all.filter(block => placeOf(block) === 'sandbox');

  // In its order: a later block may use what an earlier one wrote.
  test.each(blocks.map(block => [firstLine(block), block] as const))('%s', async (line, block) => {
    if (block.language === 'sh') {
      const { status, output } = await runBash(`set -e\n${block.text}`);
      return expect(status, output).toBe(0);
    }
    const { output } = await runBash(line.replace(/^\$ /, ''));
    const shown = block.text.slice(line.length + 1).split('[…]\n');
    for (const part of shown) expect(output).toContain(part);
  });
});

test('the Butane file in it is the one that is written, but for the checksum', () => {
  const [, shown = ''] = /^```yaml\n(variant: [\s\S]*?)^```$/m.exec(readme) ?? [];
  const written = readFileSync(join(work, 'docker.yaml'), 'utf8');
  const image = readFileSync(join(work, 'docker.raw'));
  const hash = createHash('sha256').update(image).digest('hex');
  expect(parse(shown.replace('THE-SHA256-OF-THE-IMAGE', hash))).toEqual(parse(written));
});

interface Outcome {
  readonly status: number | null;
  readonly output: string;
}

/** With the addresses and directories of this test in the place of those that a reader has. */
function runBash(text: string): Promise<Outcome> {
  const script = text
    .replaceAll('THE-SHA256-OF-THE-ARCHIVE', sha256)
    .replaceAll('https://mirror.example', mirror.origin)
    .replaceAll('/var/torcx-fix', join(folder, 'torcx-fix'));
  const env = {
    ...process.env,
    PATH: `${bin}:${process.env.PATH ?? ''}`,
    TORCX2SYSEXT_ROOT: root,
    // A reader chooses one of several commands that write the same file.
    TORCX2SYSEXT_FORCE: '1',
  };
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', script], {
      cwd: work,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: Buffer[] = [];
    child.stdout.on('data', chunk => output.push(chunk));
    child.stderr.on('data', chunk => output.push(chunk));
    child.on('error', reject);
    child.on('close', status => resolve({ status, output: Buffer.concat(output).toString() }));
  });
}

function firstLine({ text }: ReadmeBlock): string {
  return text.split('\n')[0] ?? '';
}

function writeScript(name: string, text: string): void {
  write(join(bin, name), `#!/bin/sh\n${text}\n`, 0o755);
}

function write(path: string, content: string | Uint8Array, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content, { mode });
}
