import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { REPOSITORY } from './support/convert.ts';
import { dockerArchive, fixtureArchive } from './support/inputs.ts';
import { PseudoTerminal } from './support/pseudo-terminal.ts';
import { requireTools } from './support/require-tools.ts';
import { runChecked } from './support/run-command.ts';

const CLI = `'${process.execPath}' '${join(REPOSITORY, 'dist/cli.js')}'`;
const ready = requireTools(['script']);

describe.runIf(ready)('the questions, line by line', () => {
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'e2e-plain-'));
    fixtureArchive({ fixture: 'flatcar-style', torcxName: 'docker:20.10', directory: cwd });
  });
  afterEach(() => rmSync(cwd, { recursive: true }));

  function start(line: string, env: Readonly<Record<string, string>> = {}): PseudoTerminal {
    return new PseudoTerminal(line, { cwd, env: { TERM: 'xterm', ...env } });
  }

  /** All that is there besides the archive, hidden files included. */
  function written(): string[] {
    return readdirSync(cwd).filter(name => name !== 'docker:20.10.torcx.tgz');
  }

  async function takeDefaults(terminal: PseudoTerminal): Promise<void> {
    await terminal.answer('Answer: ', '');
    await terminal.answer('empty to go on: ', '');
    await terminal.answer('empty to go on: ', '');
    await terminal.answer('empty to go on: ', '');
  }

  test('lead from nothing to the image that the command at the end makes again', async () => {
    const terminal = start(`${CLI} --plain`);
    await terminal.waitFor('docker:20.10.torcx.tgz');
    await terminal.answer('Number or path: ', 'docker:20.10.torcx.tgz');
    await terminal.answer('Answer: ', 'tool');
    await terminal.answer('empty to go on: ', '3');
    await terminal.answer('empty to go on: ', '');
    await terminal.answer('empty to go on: ', 'bin/runc');
    await terminal.answer('empty to go on: ', '');
    await terminal.answer('empty to go on: ', '7');
    await terminal.answer('Number or answer: ', 'zstd:99');
    await terminal.waitFor('need zstd[:1-22] or gzip[:1-9]');
    await terminal.answer('Number or answer: ', 'gzip');
    await terminal.answer('empty to go on: ', '');
    await terminal.answer('Write it?', 'yes');
    await terminal.answer('Show what to do next?', '');
    expect(await terminal.ended()).toBe(0);
    expect(terminal.text).not.toMatch(/[^\n\x20-\x7e]/);
    const files = ['tool.raw', 'tool.report.json', 'tool.report.md'];
    expect(written()).toEqual(files);
    const [, command = ''] = /The same again: torcx2sysext (.*)/.exec(terminal.text) ?? [];
    expect(command).toContain('--compression gzip');
    mkdirSync(join(cwd, 'again'));
    const again = `${CLI} --output again/ ${command}`;
    await runChecked('sh', ['-c', again], { cwd });
    for (const name of files) {
      expect(readFileSync(join(cwd, 'again', name)).equals(readFileSync(join(cwd, name)))).toBe(
        true,
      );
    }
  });

  test('come by themselves on a dumb terminal, with the archive as given', async () => {
    const terminal = start(`${CLI} -i docker:20.10.torcx.tgz`, { TERM: 'dumb' });
    await takeDefaults(terminal);
    await terminal.answer('Write it?', 'q');
    expect(await terminal.ended()).toBe(130);
    expect(terminal.text).toContain(
      'Nothing was written.\nThe same again: torcx2sysext docker:20.10',
    );
    expect(written()).toEqual([]);
  });

  test.each(['Number or path: ', 'Answer: ', 'empty to go on: ', 'Write it?'])(
    'are left by Ctrl-C and by the end of input at "%s"',
    async question => {
      for (const key of ['\u0003', '\u0004']) {
        const terminal = start(`${CLI} --plain`);
        if (question !== 'Number or path: ') await terminal.answer('Number or path: ', '1');
        if (question === 'empty to go on: ') await terminal.answer('Answer: ', '');
        if (question === 'Write it?') await takeDefaults(terminal);
        await terminal.waitFor(question);
        terminal.type(key);
        expect(await terminal.ended()).toBe(130);
        expect(written()).toEqual([]);
      }
    },
  );

  test('are never put where nobody is', async () => {
    for (const line of [`${CLI} </dev/null`, `CI=1 ${CLI}`, `${CLI} --no-input`, `${CLI} | cat`]) {
      const terminal = start(`set -o pipefail; ${line}`);
      expect(await terminal.ended()).not.toBe(0);
      expect(terminal.text).toContain('missing <archive>; no terminal to ask on');
    }
  });

  test('leave nothing of an image whose conversion is interrupted', async () => {
    const archive = await dockerArchive();
    const terminal = start(`${CLI} --plain -i --compression zstd:22 '${archive}' docker`);
    await takeDefaults(terminal);
    await terminal.answer('Write it?', 'yes');
    await terminal.waitFor('Write image');
    terminal.type('\u0003');
    expect(await terminal.ended()).toBe(130);
    expect(terminal.text).toContain('interrupted (SIGINT); temporary file removed');
    expect(terminal.text).toContain('The same again: torcx2sysext --compression zstd:22');
    expect(written()).toEqual([]);
  });
});
