import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { writeTree } from '../support/check-in-process.ts';
import { REPOSITORY } from './support/convert.ts';
import { fixtureArchive } from './support/inputs.ts';
import { onTerminal, PROGRAM, type TerminalStage } from './support/on-terminal.ts';
import { requireTools } from './support/require-tools.ts';
import { openTmux, type TmuxTerminal } from './support/tmux-terminal.ts';

const DROP_IN = 'etc/systemd/system/docker.service.d/10-env.conf';
const SETTINGS = '[Service]\nLimitNOFILE=1048576\nEnvironmentFile=/run/metadata/torcx\n';
/** Machines that test are slow and do many things at once. */
const PATIENCE = { timeout: 20_000 };
const ARCHIVE = 'docker:20.10.torcx.tgz';
const ready = requireTools(['tmux']);

/** With what the first screen shows, and the exit code of `q`. */
const INTERFACES = [
  {
    name: 'the analyser',
    line: `${PROGRAM} --inspect ${ARCHIVE}`,
    shows: 'Files  1 of 38',
    exitCode: 0,
  },
  {
    name: 'the audit',
    line: `${PROGRAM} --root "$PWD" --check /etc -i`,
    shows: 'Findings  2',
    exitCode: 1,
  },
] as const;

function prepare(cwd: string): void {
  fixtureArchive({ fixture: 'flatcar-style', torcxName: 'docker:20.10', directory: cwd });
  writeTree(
    {
      [DROP_IN]: SETTINGS,
      'etc/torcx/next-profile': 'custom\n',
      'breaks.mjs': "process.on('SIGUSR2', () => { throw new Error('a bug') });\n",
    },
    cwd,
  );
}

test.runIf(ready)('Ctrl-C takes the progress bar away before it is told', async () => {
  const big = (cwd: string) => writeFileSync(join(cwd, 'big'), Buffer.alloc(1 << 25));
  await onTerminal({ prepare: big }, async ({ terminal }) => {
    const slowly = 'while head -c 65536; do sleep 0.05; done';
    await terminal.run(`tar cf - big | ${slowly} | ${PROGRAM} - big`);
    await terminal.waitFor(/^Read archive /m);
    await terminal.press('C-c');
    expect(await terminal.waitForShell()).toBe(130);
    const screen = await terminal.screen();
    expect(screen).toMatch(/^torcx2sysext: error: interrupted \(SIGINT\)/m);
    expect(screen).not.toMatch(/^Read archive /m);
  });
});

describe.runIf(ready).concurrent.each(INTERFACES)(
  '$name gives the terminal back',
  ({ line, shows, exitCode }) => {
    const started = (work: (stage: TerminalStage) => Promise<void>, prefix = '') =>
      onTerminal({ prepare }, async stage => {
        await stage.terminal.run(`${prefix}${line}`);
        await stage.terminal.waitFor(shows);
        await work(stage);
      });

    /** Nothing of the interface stays on the screen of the shell. */
    async function expectEnd(terminal: TmuxTerminal, status: number): Promise<string> {
      expect(await terminal.waitForShell()).toBe(status);
      const screen = await terminal.screen();
      expect(screen).not.toMatch(/[┌└]/);
      return screen;
    }

    test.each([
      ['q', exitCode],
      ['C-c', 130],
      ['C-\\', 131],
    ])('on %s', async (key, status) => {
      await started(async ({ terminal }) => {
        await terminal.press(key);
        await expectEnd(terminal, status);
      });
    });

    test.each([
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
      ['SIGQUIT', 131],
    ] as const)('on %s, and says so', async (signal, status) => {
      await started(async ({ terminal }) => {
        await terminal.kill(signal);
        expect(await expectEnd(terminal, status)).toContain(`interrupted (${signal})`);
      });
    });

    test('when something breaks that nobody thought of', async () => {
      await started(async ({ terminal }) => {
        await terminal.kill('SIGUSR2');
        expect(await expectEnd(terminal, 70)).toContain('error: internal error');
      }, 'NODE_OPTIONS="--import ./breaks.mjs" ');
    });

    test('while it is stopped, and takes it again', async () => {
      await started(async ({ terminal }) => {
        const screen = await terminal.screen();
        await terminal.press('C-z');
        // 128 and the number of SIGTSTP.
        await expectEnd(terminal, 148);
        expect(await terminal.state()).toMatchObject({ isAlternate: false, hasCursor: true });
        await terminal.run('fg');
        await terminal.waitFor(shows);
        expect(await terminal.screen()).toBe(screen);
        await terminal.kill('SIGTSTP');
        await expectEnd(terminal, 148);
        await terminal.resize(100, 30);
        await terminal.run('fg');
        await terminal.waitFor(/^[^\n]*\n[^\n]*\n┌.{98}┐$/m);
        await terminal.resize(80, 24);
        await terminal.press('q');
        await expectEnd(terminal, exitCode);
      });
    });

    test('after all sizes', async () => {
      await started(async ({ terminal }) => {
        const screen = await terminal.screen();
        for (const [columns, rows] of [
          [60, 15],
          [59, 16],
          [2, 1],
        ] as const) {
          await terminal.resize(columns, rows);
          await terminal.waitFor(/^(too small|t…)/);
        }
        await terminal.resize(60, 16);
        await terminal.waitFor(shows);
        await terminal.resize(120, 40);
        await terminal.waitFor(/┐┌/);
        await terminal.resize(80, 24);
        await terminal.waitFor(shows);
        expect(await terminal.screen()).toBe(screen);
        await terminal.press('q');
        await expectEnd(terminal, exitCode);
      });
    });

    test('that does not know its size', async () => {
      await started(async ({ terminal }) => {
        expect(await terminal.screen()).toContain('? keys  q quit');
        await terminal.press('q');
        await expectEnd(terminal, exitCode);
      }, 'stty rows 0 cols 0; ');
    });

    test('that is gone: the program ends as well', async ({ onTestFinished }) => {
      const directory = mkdtempSync(join(tmpdir(), 'e2e-gone-'));
      onTestFinished(() => rmSync(directory, { recursive: true }));
      prepare(directory);
      const terminal = await openTmux({ columns: 80, rows: 24, cwd: directory });
      await terminal.run(line);
      await terminal.waitFor(shows);
      const program = await terminal.program();
      await terminal.close();
      await vi.waitFor(() => expect(existsSync(`/proc/${program}`)).toBe(false), PATIENCE);
    });
  },
);

describe.runIf(ready).concurrent('where nobody could see a screen', () => {
  test.each([
    ['a pipe', `${PROGRAM} --inspect ${ARCHIVE} | cat`, 0, 'converts with 2 warnings'],
    ['a closed pipe', `${PROGRAM} --inspect ${ARCHIVE} | true`, 141, ''],
    ['CI', `CI=1 ${PROGRAM} --inspect ${ARCHIVE}`, 0, 'bin/dockerd'],
    ['a dumb terminal', `TERM=dumb ${PROGRAM} --inspect ${ARCHIVE}`, 0, 'bin/dockerd'],
    ['an audit into a pipe', `${PROGRAM} --check etc -i | cat`, 2, 'needs a terminal'],
    ['an audit in CI', `CI=1 ${PROGRAM} --check etc -i`, 2, 'CI is set'],
    [
      'an audit on a dumb terminal',
      `TERM=dumb ${PROGRAM} --check etc -i`,
      2,
      'try: --check --diff',
    ],
  ])('%s', async (_, line, status, text) => {
    await onTerminal({ prepare, size: { columns: 80, rows: 200 } }, async ({ terminal }) => {
      await terminal.run(`set -o pipefail; ${line}`);
      expect(await terminal.waitForShell()).toBe(status);
      const screen = await terminal.screen();
      expect(screen).toContain(text);
      expect(screen).not.toMatch(/[┌└]/);
    });
  });

  test("an archive that cannot be read is told on the shell's screen", async () => {
    const breaks = (cwd: string) => writeFileSync(join(cwd, 'x.torcx.tgz'), 'no archive');
    await onTerminal({ prepare: breaks }, async ({ terminal }) => {
      await terminal.run(`${PROGRAM} --inspect x.torcx.tgz`);
      expect(await terminal.waitForShell()).toBe(4);
      expect(await terminal.screen()).toContain('torcx2sysext: error:');
    });
  });
});

describe.runIf(ready).concurrent('the screens', () => {
  test.each([
    {
      name: 'wizard',
      line: PROGRAM,
      steps: [[`> ${ARCHIVE}`, 'Enter'], ['[Files  1 of 38', '6'], ['Files to be written']],
    },
    {
      name: 'analyser',
      line: `${PROGRAM} --inspect ${ARCHIVE}`,
      steps: [['[Files  1 of 38', '/', ...'containerd.service', 'Enter'], ['n next']],
    },
  ])('the $name of the README is what a terminal shows', async ({ name, line, steps }) => {
    const readme = readFileSync(join(REPOSITORY, 'README.md'), 'utf8');
    const [, expected = ''] = readme.split(`<!-- screen: ${name} -->\n\`\`\`text\n`);
    await onTerminal({ prepare }, async ({ terminal }) => {
      await terminal.run(line);
      for (const [shows = '', ...keys] of steps) {
        await terminal.waitFor(shows);
        if (keys.length > 0) await terminal.press(...keys);
      }
      expect(`${await terminal.screen()}\n`).toBe(expected.split('```')[0]);
      await terminal.press('C-c');
      await terminal.waitForShell();
    });
  });

  test("of an audit make the fixes that are chosen, and say so on the shell's screen", async () => {
    await onTerminal({ prepare }, async ({ terminal, cwd }) => {
      await terminal.run(`${PROGRAM} --root "$PWD" --check /etc -i`);
      await terminal.waitFor('1 of 1 fix chosen');
      await terminal.press('d');
      await terminal.waitFor('-EnvironmentFile=/run/metadata/torcx');
      expect(readFileSync(join(cwd, DROP_IN), 'utf8')).toBe(SETTINGS);
      await terminal.press('w');
      await terminal.waitFor('Make 1 fix in 1 file?');
      await terminal.press('y');
      await terminal.waitFor('changed 1 file');
      expect(readFileSync(join(cwd, DROP_IN), 'utf8')).toBe('[Service]\nLimitNOFILE=1048576\n');
      await terminal.press('q');
      expect(await terminal.waitForShell()).toBe(1);
      const screen = await terminal.screen();
      expect(screen).toContain(`fixed /${DROP_IN}`);
      expect(screen).toMatch(/Same as: torcx2sysext --root \S+ --fix --check \/etc/);
    });
  });

  test.each([
    ['C', /^\+-\[Files/m, /^[\n -~]*$/],
    ['de_DE.ISO-8859-1', /^\+-\[Files/m, /^[\n -~]*$/],
    ['C.UTF-8', /^┌─\[Files/m, /▾/],
    // As in most containers.
    ['', /^┌─\[Files/m, /▾/],
  ])('with LC_ALL=%s are drawn with the signs of that locale', async (locale, shows, frame) => {
    await onTerminal({ prepare, env: { LC_ALL: locale, LANG: '' } }, async ({ terminal }) => {
      await terminal.run(`${PROGRAM} --inspect ${ARCHIVE}`);
      expect(await terminal.waitFor(shows)).toMatch(frame);
      await terminal.press('q');
      expect(await terminal.waitForShell()).toBe(0);
    });
  });

  test('take a paste for text', async () => {
    await onTerminal({ prepare }, async ({ terminal }) => {
      await terminal.run(`${PROGRAM} --root "$PWD" --check /etc -i`);
      await terminal.waitFor('1 of 1 fix chosen');
      await terminal.paste('w\ny\nq\n');
      await terminal.press('/');
      await terminal.paste('TX201');
      expect(await terminal.waitFor('/TX201_   1 of 1')).toContain('1 of 1 fix chosen');
      await terminal.press('C-c');
      expect(await terminal.waitForShell()).toBe(130);
    });
  });
});
