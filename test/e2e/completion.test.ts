import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REPOSITORY } from './support/convert.ts';
import { requireTools } from './support/require-tools.ts';
import { runChecked } from './support/run-command.ts';
import { openTmux, type TmuxTerminal } from './support/tmux-terminal.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
const ready = requireTools(['tmux', 'zsh', 'fish']);

/** How each shell is started without anybody's settings, and told to complete. */
const STARTS = {
  bash: 'bash --norc --noprofile',
  zsh: 'zsh -f',
  fish: 'fish --private --no-config',
} as const;
const PREPARES = {
  bash: 'PS1="% "; source completion',
  zsh: 'PS1="%% "; autoload -Uz compinit; compinit -u -D; source ./completion',
  fish: 'function fish_prompt; echo -n "% "; end; source completion',
} as const;

/** A line as it is typed, with a tab at its end, and what the shell makes of it. */
const LINES: readonly (readonly [typed: string, completed: RegExp])[] = [
  ['torcx2sysext --insp', /--inspect/],
  ['torcx2sysext --arch=ar', /--arch=arm64/],
  ['torcx2sysext --compression gz', /--compression gzip/],
  ['torcx2sysext do', /docker\\?:20\.10\.torcx\.tgz/],
  ['torcx2sysext docker:2', /docker\\?:20\.10\.torcx\.tgz/],
  ['torcx2sysext ima', /image\.tar\.gz/],
  ['torcx2sysext --check not', /--check notes\.txt/],
  ['torcx2sysext --output su', /--output sub/],
  ['torcx2sysext --explain TX90', /--explain TX901/],
];

describe.runIf(ready)('completion of command lines', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'e2e-completion-'));
  beforeAll(() => {
    mkdirSync(join(cwd, 'sub'));
    for (const name of ['docker:20.10.torcx.tgz', 'image.tar.gz', 'image.txt', 'notes.txt']) {
      writeFileSync(join(cwd, name), '');
    }
  });
  afterAll(() => rmSync(cwd, { recursive: true }));

  test.each(SHELLS)('%s', async shell => {
    const cli = join(REPOSITORY, 'dist/cli.js');
    const script = await runChecked(process.execPath, [cli, '--completion', shell]);
    writeFileSync(join(cwd, 'completion'), script);
    const terminal = await openTmux({ columns: 100, rows: 24, cwd, env: { HOME: cwd } });
    try {
      await terminal.run(`exec ${STARTS[shell]}`);
      await terminal.type(`${PREPARES[shell]}; clear\n`);
      await terminal.waitFor(/^% *$/);
      for (const [typed, completed] of LINES) {
        await terminal.type(typed);
        await terminal.waitFor(typed);
        await terminal.press('Tab');
        const screen = await terminal.waitFor(completed);
        // What cannot be an archive is not offered in the place of one.
        expect(screen).not.toContain('image.txt');
        await emptyScreen(terminal);
      }
    } finally {
      await terminal.close();
    }
  });
});

/** A shell that is busy with a completion loses keys: they are pressed until it has taken them. */
async function emptyScreen(terminal: TmuxTerminal): Promise<void> {
  let isEmpty = false;
  for (let tries = 0; tries < 20 && !isEmpty; tries += 1) {
    await terminal.press('C-u', 'C-l');
    isEmpty = await terminal.waitFor(/^% *$/, 500).then(
      () => true,
      () => false,
    );
  }
  expect(isEmpty).toBe(true);
}
