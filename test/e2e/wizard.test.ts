import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dockerArchive, fixtureArchive } from './support/inputs.ts';
import { onTerminal, PROGRAM } from './support/on-terminal.ts';
import { requireTools } from './support/require-tools.ts';
import { runChecked } from './support/run-command.ts';
import type { TmuxTerminal } from './support/tmux-terminal.ts';

const ARCHIVE = 'docker:20.10.torcx.tgz';
const WRITTEN = ['docker.raw', 'docker.report.json', 'docker.report.md'];
const WITH_RESULT = [...WRITTEN, ARCHIVE];
/** An image has been begun. */
const WRITING = /^│run +Write image +\[/m;
/** A conversion on a slow machine that does many things at once. */
const CONVERSION_MS = 180_000;
const ready = requireTools(['tmux']);

/** The way through the wizard, with what each screen shows when it is ready for keys. */
const STEPS = [
  ['Source', `> ${ARCHIVE}`],
  ['Files', '[Files  1 of'],
  ['Binaries', '[Binaries  '],
  ['Units', '[Units  '],
  ['Findings', '[Findings  '],
  ['Options', '[Options  '],
  ['Review', 'Files to be written'],
] as const;
type StepName = (typeof STEPS)[number][0];

/** Enter on every screen between these two. */
async function walk(
  terminal: TmuxTerminal,
  { from = 'Source', to }: { readonly from?: StepName; readonly to: StepName },
): Promise<void> {
  const first = STEPS.findIndex(([name]) => name === from);
  for (const [name, shows] of STEPS.slice(first)) {
    await terminal.waitFor(shows);
    if (name === to) return;
    await terminal.press('Enter');
  }
}

function prepareFixture(cwd: string): void {
  fixtureArchive({ fixture: 'flatcar-style', torcxName: 'docker:20.10', directory: cwd });
}

describe.runIf(ready)('the wizard with the image of Docker', () => {
  let expected: string;
  let archive: string;
  beforeAll(async () => {
    archive = await dockerArchive();
    expected = mkdtempSync(join(tmpdir(), 'e2e-wizard-'));
    prepare(expected);
    await runChecked('sh', ['-c', `${PROGRAM} --force ${ARCHIVE}`], { cwd: expected });
  });
  afterAll(() => rmSync(expected, { recursive: true }));

  function prepare(cwd: string): void {
    copyFileSync(archive, join(cwd, ARCHIVE));
  }

  function expectSame(cwd: string): void {
    for (const name of WRITTEN) {
      expect(readFileSync(join(cwd, name)).equals(readFileSync(join(expected, name))), name).toBe(
        true,
      );
    }
  }

  test('leads by keys alone from nothing to what the command line writes', async () => {
    await onTerminal({ prepare, leaves: WITH_RESULT }, async ({ terminal, cwd }) => {
      await terminal.run(PROGRAM);
      await walk(terminal, { to: 'Review' });
      await terminal.press('Enter');
      await terminal.waitFor('[Report', CONVERSION_MS);
      await terminal.press('q');
      expect(await terminal.waitForShell()).toBe(0);
      const screen = await terminal.screen();
      expect(screen).toContain('wrote ./docker.raw');
      expect(screen).toContain(`The same again: torcx2sysext ${ARCHIVE}`);
      expectSame(cwd);
    });
  });

  test('does so while the terminal changes its size and the program is stopped', async () => {
    await onTerminal({ prepare, leaves: WITH_RESULT }, async ({ terminal, cwd }) => {
      await terminal.run(PROGRAM);
      await walk(terminal, { to: 'Binaries' });
      await terminal.resize(120, 40);
      await terminal.waitFor(/┐┌/);
      await terminal.resize(50, 10);
      await terminal.waitFor('too small');
      await terminal.resize(60, 16);
      await walk(terminal, { from: 'Binaries', to: 'Review' });
      await terminal.press('Enter');
      await terminal.waitFor(WRITING);
      await terminal.resize(100, 30);
      await terminal.press('C-z');
      expect(await terminal.waitForShell()).toBe(148);
      await terminal.run('fg');
      await terminal.waitFor(/^┌.{98}┐$/m);
      await terminal.resize(80, 24);
      await terminal.waitFor('[Report', CONVERSION_MS);
      await terminal.press('q');
      expect(await terminal.waitForShell()).toBe(0);
      expectSame(cwd);
    });
  });

  /** With a compression that takes its time. */
  async function beginToConvert(terminal: TmuxTerminal): Promise<void> {
    await terminal.run(`${PROGRAM} -i --compression zstd:22 ${ARCHIVE}`);
    await terminal.waitFor('[Files  1 of');
    await terminal.press('6');
    await terminal.waitFor('Files to be written');
    await terminal.press('Enter');
    await terminal.waitFor(WRITING);
  }

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('leaves nothing behind when %s comes while it converts', async (signal, status) => {
    await onTerminal({ prepare }, async ({ terminal }) => {
      await beginToConvert(terminal);
      await terminal.kill(signal);
      expect(await terminal.waitForShell()).toBe(status);
      const screen = await terminal.screen();
      expect(screen).toContain(`interrupted (${signal}); temporary file removed`);
      expect(screen).toContain('The same again: torcx2sysext --compression zstd:22');
    });
  });

  test('asks when Ctrl-C comes while it converts, goes on or leaves nothing behind', async () => {
    await onTerminal({ prepare }, async ({ terminal }) => {
      await beginToConvert(terminal);
      await terminal.press('C-c');
      await terminal.waitFor('Stop the conversion?');
      await terminal.press('n');
      await terminal.waitFor(WRITING);
      await terminal.press('C-c');
      await terminal.waitFor('Stop the conversion?');
      await terminal.press('y');
      await terminal.waitFor('cancelled: nothing was written');
      await terminal.press('C-c');
      expect(await terminal.waitForShell()).toBe(130);
      expect(await terminal.screen()).toContain(
        'The same again: torcx2sysext --compression zstd:22',
      );
    });
  });
});

describe.runIf(ready).concurrent('Ctrl-C in the wizard', () => {
  test.each(STEPS)('on %s ends it with nothing written', async to => {
    await onTerminal({ prepare: prepareFixture }, async ({ terminal }) => {
      await terminal.run(PROGRAM);
      await walk(terminal, { to });
      await terminal.press('C-c');
      expect(await terminal.waitForShell()).toBe(130);
      expect(await terminal.screen()).toMatch(/^Nothing was written\.$/m);
    });
  });

  test('on the report ends it with what was written', async () => {
    await onTerminal({ prepare: prepareFixture, leaves: WITH_RESULT }, async ({ terminal }) => {
      await terminal.run(PROGRAM);
      await walk(terminal, { to: 'Review' });
      await terminal.press('Enter');
      await terminal.waitFor('[Report');
      await terminal.press('C-c');
      expect(await terminal.waitForShell()).toBe(130);
      expect(await terminal.screen()).toContain('wrote ./docker.raw');
    });
  });
});
