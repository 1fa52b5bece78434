import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { dockerArchive, fixtureArchive } from './support/inputs.ts';
import { onTerminal, PROGRAM } from './support/on-terminal.ts';
import { requireTools } from './support/require-tools.ts';
import type { TmuxTerminal } from './support/tmux-terminal.ts';

const ARCHIVE = 'docker:20.10.torcx.tgz';
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
  let archive: string;
  beforeAll(async () => {
    archive = await dockerArchive();
  });

  function prepare(cwd: string): void {
    copyFileSync(archive, join(cwd, ARCHIVE));
  }

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('leaves nothing behind when %s comes while it converts', async (signal, status) => {
    await onTerminal({ prepare }, async ({ terminal }) => {
      await terminal.run(`${PROGRAM} -i --compression zstd:22 ${ARCHIVE}`);
      await terminal.waitFor('[Files  1 of');
      await terminal.press('6');
      await terminal.waitFor('Files to be written');
      await terminal.press('Enter');
      await terminal.waitFor('Write image');
      await terminal.kill(signal);
      expect(await terminal.waitForShell()).toBe(status);
      const screen = await terminal.screen();
      expect(screen).toContain(`interrupted (${signal}); temporary file removed`);
      expect(screen).toContain('The same again: torcx2sysext --compression zstd:22');
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
});
