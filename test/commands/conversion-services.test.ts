import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, test } from 'vitest';
import { type Answers, NO_ANSWERS } from '../../src/command-line/answers.ts';
import { parseCommandLine } from '../../src/command-line/options.ts';
import { ConversionServices } from '../../src/commands/conversion-services.ts';
import { convertCommand } from '../../src/commands/convert-command.ts';
import { ToolError } from '../../src/errors.ts';
import type { PipelineEvent } from '../../src/pipeline-event.ts';
import { toolErrorOf } from '../support/catch-error.ts';
import { fakeIo } from '../support/fake-io.ts';

const FIXTURE = 'fixtures/images/flatcar-style.torcx.tgz';
const TERMINALS = { stdin: true, stdout: true, stderr: true };

let directory: string;
let services: ConversionServices;
let start: Answers;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'wizard-services-'));
  const archive = join(directory, 'docker:20.10.torcx.tgz');
  cpSync(FIXTURE, archive);
  mkdirSync(join(directory, 'out'));
  const command = parseCommandLine(['-i'], { TERM: 'xterm' }, TERMINALS);
  services = new ConversionServices(fakeIo(), {
    env: {},
    display: command.mode === 'wizard' ? command.display : never(),
  });
  start = { ...NO_ANSWERS, archive, output: join(directory, 'out/') };
});
afterEach(async () => {
  await services.close();
  rmSync(directory, { recursive: true });
});

function never(): never {
  throw new Error('no wizard');
}

function written(): Map<string, Buffer> {
  const out = join(directory, 'out');
  return new Map(readdirSync(out).map(name => [name, readFileSync(join(out, name))]));
}

const watcher = { onEvent: () => undefined };

test.each<[string, Partial<Answers>]>([
  ['nothing', {}],
  ['the way it is packed', { compression: 'gzip:3', blockSize: '1M', jobs: '2', verify: true }],
  ['the hosts', { name: 'other', os: 'debian', osVersion: '12', arch: 'arm64' }],
  [
    'entries and units',
    {
      drop: ['bin/dockerd', 'usr'],
      keep: ['.torcx/manifest.json'],
      enable: ['docker.service'],
      noEnable: ['docker.socket'],
    },
  ],
  ['a version', { imageVersion: '1.2', sysupdate: 'https://example.com/x/', noReport: true }],
])('writes what the command that it tells writes: %s', async (_, answers) => {
  const all = { ...start, ...answers };
  const { report } = await services.convert(all, watcher);
  const byServices = written();
  for (const name of byServices.keys()) rmSync(join(directory, 'out', name));
  const [, ...words] = services.command(all);
  const options = parseCommandLine(words, {}, TERMINALS);
  if (options.mode !== 'convert') throw new Error(`parsed as ${options.mode}`);
  await convertCommand(options, fakeIo());
  expect(written()).toEqual(byServices);
  expect(byServices.size).toBeGreaterThan(0);
  const [image] = [...byServices].filter(([name]) => name.endsWith('.raw'));
  expect(image?.[1].length).toBe(report.output.size);
});

it('writes nothing before it is asked to, and reads the archive once', async () => {
  const events: PipelineEvent[] = [];
  const review = await services.review(start, { onEvent: event => events.push(event) });
  expect(written().size).toBe(0);
  expect(review.obstacle).toBeUndefined();
  expect(review.files.map(({ path }) => path.slice(directory.length))).toEqual([
    '/out/docker.raw',
    '/out/docker.report.md',
    '/out/docker.report.json',
  ]);
  const again: PipelineEvent[] = [];
  await services.review({ ...start, drop: ['bin'] }, { onEvent: event => again.push(event) });
  expect(events.some(({ kind }) => kind === 'bytes')).toBe(true);
  expect(again).toEqual([{ kind: 'stage', stage: 'plan' }]);
});

it('reads an archive again that has changed', async () => {
  await services.review(start, watcher);
  cpSync('fixtures/images/kubelet-style.torcx.tgz', start.archive);
  // What was shown is not what would be written.
  expect(await toolErrorOf(() => services.convert(start, watcher))).toMatchObject({
    code: 'input-changed',
  });
  const { report } = await services.review(start, watcher);
  expect(report.mapping.some(({ from }) => from === 'bin/dockerd')).toBe(false);
});

it('tells what exists, and lets it be as long as nobody wants it replaced', async () => {
  writeFileSync(join(directory, 'out/docker.raw'), 'old');
  const { files, obstacle } = await services.review(start, watcher);
  expect(files.map(({ existing }) => existing?.size)).toEqual([3, undefined, undefined]);
  expect(obstacle?.what).toContain('exists (3 bytes');
  expect(obstacle?.isReplaceable).toBe(true);
  expect(await toolErrorOf(() => services.convert(start, watcher))).toMatchObject({
    code: 'output-exists',
  });
  expect((await services.review({ ...start, force: true }, watcher)).obstacle).toBeUndefined();
  await services.convert({ ...start, force: true }, watcher);
  expect(written().get('docker.raw')?.subarray(0, 4).toString()).toBe('hsqs');
});

it.each([false, true])(
  'never takes the archive for a file to be replaced, force %s',
  async force => {
    const answers = { ...start, output: start.archive, force };
    const { obstacle } = await services.review(answers, watcher);
    expect(obstacle).toMatchObject({ isReplaceable: false, hint: '-o other.raw' });
    expect(obstacle?.what).toContain('is the archive');
  },
);

it('tells of a directory in the place of a directory image', async () => {
  mkdirSync(join(directory, 'out/docker'));
  const answers = { ...start, imageFormat: 'directory', output: join(directory, 'out/docker') };
  expect((await services.review(answers, watcher)).obstacle?.what).toContain('exists');
});

it('tells that warnings fail', async () => {
  const { obstacle } = await services.review({ ...start, strict: true }, watcher);
  expect(obstacle?.what).toContain('--strict makes them fail');
});

test.each(['read', 'build', 'check'])(
  'leaves nothing when it is cancelled in the stage %s',
  async stage => {
    const controller = new AbortController();
    const cancelled = new ToolError('interrupted', { signal: 2 });
    const cancelling = {
      signal: controller.signal,
      onEvent: (event: PipelineEvent) => {
        if (event.kind === 'stage' && event.stage === stage) controller.abort(cancelled);
      },
    };
    expect(await toolErrorOf(() => services.convert(start, cancelling))).toMatchObject({
      code: 'interrupted',
    });
    expect(written().size).toBe(0);
    // Nothing is left that would keep it from being tried again.
    await services.convert(start, watcher);
    expect(written().size).toBe(3);
  },
);

it('goes on after an archive that cannot be read', async () => {
  const broken = join(directory, 'broken.tgz');
  writeFileSync(broken, readFileSync(FIXTURE).subarray(0, 200));
  expect(
    await toolErrorOf(() => services.review({ ...start, archive: broken }, watcher)),
  ).toMatchObject({ code: 'archive-truncated' });
  expect(
    await toolErrorOf(() => services.review({ ...start, archive: `${broken}x` }, watcher)),
  ).toMatchObject({ code: 'input-missing' });
  await services.review(start, watcher);
});

it('refuses answers that the command line would refuse', async () => {
  expect(
    await toolErrorOf(() => services.review({ ...start, name: 'a/b' }, watcher)),
  ).toMatchObject({ code: 'usage' });
  expect(
    await toolErrorOf(() => services.review({ ...start, enable: ['x.service'] }, watcher)),
  ).toMatchObject({ code: 'usage' });
});

it('lists directories first, and knows what may be an archive', async () => {
  const names = ['b:1.torcx.tgz', 'a.torcx.squashfs', 'x.tar.gz', 'x.txt', '.torcx.tgz'];
  const place = join(directory, 'list');
  mkdirSync(join(place, 'z'), { recursive: true });
  for (const name of names) writeFileSync(join(place, name), 'ab');
  expect(await services.listDirectory(place)).toEqual([
    { name: 'z', kind: 'directory' },
    { name: '.torcx.tgz', kind: 'archive', size: 2 },
    { name: 'a.torcx.squashfs', kind: 'image', size: 2 },
    { name: 'b:1.torcx.tgz', kind: 'image', size: 2 },
    { name: 'x.tar.gz', kind: 'archive', size: 2 },
    { name: 'x.txt', kind: 'file', size: 2 },
  ]);
  expect(await toolErrorOf(() => services.listDirectory(`${place}/none`))).toMatchObject({
    code: 'input-unreadable',
  });
});
