import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, test } from 'vitest';
import { parseCommandLine } from '../../../src/command-line/options.ts';
import { convertCommand } from '../../../src/commands/convert-command.ts';
import { wizardOnScreen } from '../../../src/commands/wizard-on-screen.ts';
import { type FakeIo, fakeIo } from '../../support/fake-io.ts';
import { FakeTerminal } from './support/fake-terminal.ts';

const TERMINALS = { stdin: true, stdout: true, stderr: true };

let directory: string;
let archive: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'wizard-run-'));
  archive = join(directory, 'docker:20.10.torcx.tgz');
  cpSync('fixtures/images/flatcar-style.torcx.tgz', archive);
});
afterEach(() => rmSync(directory, { recursive: true }));

interface Run {
  readonly terminal: FakeTerminal;
  readonly io: FakeIo;
  readonly ended: Promise<number>;
}

function start(args: readonly string[] = []): Run {
  const command = parseCommandLine(['-i', '-o', `${directory}/`, ...args], {}, TERMINALS);
  if (command.mode !== 'wizard') throw new Error(`parsed as ${command.mode}`);
  const terminal = new FakeTerminal({ columns: 100, rows: 30 });
  const io = fakeIo();
  const ended = wizardOnScreen(command, { io, env: {}, session: terminal });
  ended.catch(() => undefined);
  return { terminal, io, ended };
}

/** What was said, with `DIR` for the temporary directory. */
function said({ io }: Run): string {
  return io.said.stdout.replaceAll(directory, 'DIR');
}

async function convertByArguments(...args: readonly string[]): Promise<Buffer> {
  const out = join(directory, 'by-arguments.raw');
  const options = parseCommandLine([archive, '-o', out, '--no-report', ...args], {}, TERMINALS);
  if (options.mode !== 'convert') throw new Error(`parsed as ${options.mode}`);
  await convertCommand(options, fakeIo());
  return readFileSync(out);
}

it('goes from the first screen to the image that the command line makes', async () => {
  const run = start();
  const { terminal } = run;
  await terminal.until('Path of an archive');
  terminal.press('/', 'ctrl-u');
  terminal.type(`${directory}/dock`);
  await terminal.until('Torcx image');
  terminal.press('tab', 'enter');
  await terminal.until('[2 Files');
  await terminal.until('goes to');
  terminal.press('enter', 'enter');
  await terminal.until('[4 Units');
  terminal.press('5');
  await terminal.until('The same as a command');
  terminal.press('enter');
  await terminal.until('Files to be written');
  expect(readdirSync(directory)).toEqual(['docker:20.10.torcx.tgz']);
  terminal.press('enter');
  await terminal.until('Written: docker');
  terminal.press('enter');
  expect(await run.ended).toBe(0);
  expect(said(run)).toBe(`wrote DIR/docker.raw
wrote DIR/docker.report.md
wrote DIR/docker.report.json
The same again: torcx2sysext --output DIR/ DIR/docker:20.10.torcx.tgz
`);
  expect(readFileSync(join(directory, 'docker.raw'))).toEqual(await convertByArguments());
});

it('writes what was chosen on the way', async () => {
  const run = start(['--no-report', archive]);
  const { terminal } = run;
  await terminal.until('goes to');
  terminal.press('/', ...'tini', 'enter', ' ', '4', 'j', 'j', 'j', ' ', '5');
  await terminal.until('--drop bin/tini');
  await terminal.until('--enable docker.service');
  terminal.press('6');
  await terminal.until('left out on request');
  terminal.press('enter');
  await terminal.until('Written: docker');
  terminal.press('q');
  expect(await run.ended).toBe(0);
  expect(readFileSync(join(directory, 'docker.raw'))).toEqual(
    await convertByArguments('--drop', 'bin/tini', '--enable', 'docker.service'),
  );
});

test.each<[string, readonly string[]]>([
  ['Source', ['1']],
  ['Files', []],
  ['Binaries', ['3']],
  ['Units', ['4']],
  ['Findings', ['F']],
  ['Options', ['5']],
  ['Review', ['6']],
])('Ctrl-C on %s writes nothing and tells the command', async (_screen, keys) => {
  const run = start([archive]);
  await run.terminal.until('goes to');
  run.terminal.press(...keys, 'ctrl-c');
  expect(await run.ended).toBe(130);
  expect(run.terminal.isClosed).toBe(true);
  expect(readdirSync(directory)).toEqual(['docker:20.10.torcx.tgz']);
  expect(said(run)).toBe(`Nothing was written.
The same again: torcx2sysext --output DIR/ DIR/docker:20.10.torcx.tgz
`);
});

it('stays on Source with an archive that cannot be read, and takes another one', async () => {
  const broken = join(directory, 'broken:1.torcx.tgz');
  writeFileSync(broken, readFileSync(archive).subarray(0, 1500));
  const { terminal } = start([broken]);
  await terminal.until('archive ends early');
  expect(terminal.frame()).toContain('[1 Source]');
  terminal.press('5');
  await terminal.until('choose an archive first');
  terminal.press('/', 'ctrl-u', ...archive, 'enter');
  await terminal.until('goes to');
  terminal.press('ctrl-c');
});

test.each([
  ['Ctrl-C and yes', ['ctrl-c', 'y']],
  ['Ctrl-C twice', ['ctrl-c', 'ctrl-c']],
])('%s while converting leaves nothing behind and goes back to Review', async (_name, keys) => {
  writeFileSync(join(directory, 'docker.raw'), 'old');
  const run = start(['--force', archive]);
  const { terminal } = run;
  await terminal.until('goes to');
  terminal.press('6');
  await terminal.until('replaces 3 bytes');
  terminal.press('enter', ...keys);
  await terminal.until('cancelled: nothing was written');
  expect(terminal.frame()).toContain('[6 Review');
  expect(readdirSync(directory)).toEqual(['docker.raw', 'docker:20.10.torcx.tgz']);
  expect(readFileSync(join(directory, 'docker.raw'), 'utf8')).toBe('old');
  await terminal.until('replaces 3 bytes');
  terminal.press('enter');
  await terminal.until('Written: docker');
  terminal.press('enter');
  expect(await run.ended).toBe(0);
  expect(readFileSync(join(directory, 'docker.raw'))).toEqual(await convertByArguments());
});

it('shows why a conversion failed, and goes back', async () => {
  const run = start(['--no-report', archive]);
  const { terminal } = run;
  await terminal.until('goes to');
  terminal.press('6');
  await terminal.until('Files to be written');
  writeFileSync(archive, 'another one');
  terminal.press('enter');
  await terminal.until('failed  ');
  expect(readdirSync(directory)).toEqual(['docker:20.10.torcx.tgz']);
  terminal.press('escape');
  await terminal.until('[6 Review');
  terminal.press('q');
  expect(await run.ended).toBe(130);
});

it('asks before files are replaced', async () => {
  writeFileSync(join(directory, 'docker.raw'), 'old');
  const run = start(['--no-report', archive]);
  const { terminal } = run;
  await terminal.until('goes to');
  terminal.press('6');
  await terminal.until('in the way: 3 bytes');
  terminal.press('enter');
  await terminal.until('exists');
  expect(readFileSync(join(directory, 'docker.raw'), 'utf8')).toBe('old');
  terminal.press('r');
  await terminal.until('replaces 3 bytes');
  terminal.press('enter');
  await terminal.until('Written: docker');
  terminal.press('enter');
  expect(await run.ended).toBe(0);
  expect(readFileSync(join(directory, 'docker.raw'))).toEqual(await convertByArguments());
});
