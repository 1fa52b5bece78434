import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../../src/command-line/options.ts';
import { AuditSession } from '../../../src/commands/audit-session.ts';
import { reduceApp } from '../../../src/ui/tui/reduce-app.ts';
import { frameOf } from '../../../src/ui/tui/run-tui.tsx';
import { startApp } from '../../../src/ui/tui/start-app.ts';
import type { Tree } from '../../support/check-in-process.ts';
import { assertFits } from './support/assert-fits.ts';
import { openAudit, startAudit } from './support/open-audit.ts';
import { facts, TERMINALS } from './support/test-terminal.ts';

const ON_TERMINAL = { stdin: true, stdout: true, stderr: true };
const DROP_IN = 'etc/systemd/system/docker.service.d/10-env.conf';
const PILOT = 'etc/systemd/system/pilot.service';
const SCRIPT = 'etc/profile.d/tide.sh';

/** Two safe fixes, an unsafe one of two findings, one to be made by hand, and a file that cannot be judged. */
const TREE: Tree = {
  [SCRIPT]: 'export PATH=/run/torcx/bin:$PATH\n',
  [DROP_IN]: '[Service]\nEnvironmentFile=/run/metadata/torcx\nLimitNOFILE=1048576\n',
  [PILOT]:
    '[Service]\nExecStart=/usr/bin/env PATH=${TORCX_BINDIR}:${PATH} ${TORCX_BINDIR}/pilot \\\n  --steer\n',
  'etc/torcx/next-profile': 'custom\n',
  'etc/torcx/profiles/custom.json': '{"kind": x\n',
};

function read(root: string, path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

describe.each(TERMINALS)('on $name', size => {
  const name = (screen: string) => `golden/${screen}-${size.name}.txt`;

  test('the findings by their files, with what is said about one', async () => {
    const { terminal } = await openAudit({ tree: TREE, size });
    terminal.press('G', 'k');
    terminal.type('/TX204');
    terminal.press('enter');
    assertFits(terminal.frame(), size);
    await expect(terminal.frame()).toMatchFileSnapshot(name('audit'));
  });

  test('a finding in full', async () => {
    const { terminal } = await openAudit({ tree: TREE, size });
    terminal.type('/TX204');
    terminal.press('enter', 'enter');
    assertFits(terminal.frame(), size);
    await expect(terminal.frame()).toMatchFileSnapshot(name('audit-finding'));
  });

  test('what all chosen fixes change', async () => {
    const { terminal } = await openAudit({ tree: TREE, size });
    terminal.press('d');
    await terminal.until('would change');
    assertFits(terminal.frame(), size);
    await expect(terminal.frame()).toMatchFileSnapshot(name('audit-diff'));
  });
});

describe('choosing', () => {
  /** The line that counts, after each of some keys. */
  const counts = async (...keys: readonly string[]) => {
    const { terminal } = await openAudit({ tree: TREE });
    for (const key of keys) terminal.press(...(key.startsWith('/') ? [...key, 'enter'] : [key]));
    return /\d+ of \d+ fix(es)? chosen/.exec(terminal.frame())?.[0];
  };

  test.each([
    ['begins with the safe fixes', [], '2 of 3 fixes chosen'],
    ['Space leaves one out', ['/TX201', ' '], '1 of 3 fixes chosen'],
    ['and takes it again', ['/TX201', ' ', ' '], '2 of 3 fixes chosen'],
    ['an unsafe fix is taken on request', ['/TX204', ' '], '3 of 3 fixes chosen'],
    ['the findings of one fix go together', ['/TX204', ' ', 'k', ' '], '2 of 3 fixes chosen'],
    ['a makes it none', ['a'], '0 of 3 fixes chosen'],
    ['a makes it all safe ones', ['a', 'a'], '2 of 3 fixes chosen'],
    ['of a file, its safe fixes', ['/10-env', 'g', 'n', ' '], '1 of 3 fixes chosen'],
    ['nothing by hand', ['/TX101', ' '], '2 of 3 fixes chosen'],
  ])('%s', async (_, keys, expected) => {
    expect(await counts(...keys)).toBe(expected);
  });

  test('--unsafe-fixes proposes all of them', async () => {
    const { terminal } = await openAudit({ tree: TREE, args: ['--unsafe-fixes'] });
    expect(terminal.frame()).toContain('3 of 3 fixes chosen');
  });

  test('says why there is nothing to choose', async () => {
    const { terminal } = await openAudit({ tree: TREE });
    terminal.type('/TX101');
    terminal.press('enter', ' ');
    expect(terminal.frame()).toContain('no program can make this fix');
    terminal.press('k', ' ');
    expect(terminal.frame()).toContain('no program can fix anything in this file');
  });
});

describe('the list', () => {
  const title = async (...keys: readonly string[]) => {
    const { terminal } = await openAudit({ tree: TREE });
    for (const key of keys) terminal.press(...(key.startsWith('/') ? [...key, 'enter'] : [key]));
    return /Findings {2}.*?(?=\])/.exec(terminal.frame())?.[0];
  };

  test.each([
    ['has all', [], 'Findings  6  filter: all'],
    ['only errors', ['f'], 'Findings  3 of 6  filter: error'],
    ['only warnings', ['f', 'f'], 'Findings  3 of 6  filter: warning'],
    ['all again, by Escape', ['o', 'escape'], 'Findings  6  filter: all'],
    ['only information', ['f', 'f', 'f'], 'Findings  0 of 6  filter: info'],
    ['all again', ['f', 'f', 'f', 'f'], 'Findings  6  filter: all'],
    ['only what can be fixed', ['o'], 'Findings  4 of 6  filter: fixable'],
    ['only one rule', ['/TX201', 'r'], 'Findings  1 of 6  filter: TX201'],
    ['both', ['o', 'f'], 'Findings  2 of 6  filter: error, fixable'],
    [
      'Escape ends the search before the filter',
      ['f', '/TX', 'escape'],
      'Findings  3 of 6  filter: error',
    ],
    ['and then the filter', ['f', '/TX', 'escape', 'escape'], 'Findings  6  filter: all'],
  ])('%s', async (_, keys, expected) => {
    expect(await title(...keys)).toBe(expected);
  });

  test('folds a file, and opens it again', async () => {
    const { terminal } = await openAudit({ tree: TREE });
    terminal.type('/TX204');
    terminal.press('enter', 'escape', 'h');
    expect(terminal.frame()).toContain('▸ /etc/systemd/system/pilot.service');
    expect(terminal.frame()).not.toContain('TX204 torcx-bindir-exec ');
    expect(terminal.frame()).toContain('Findings  6  filter: all');
    terminal.press('l');
    expect(terminal.frame()).toContain('TX204 torcx-bindir-exec');
  });

  test('names what could not be judged', async () => {
    const { terminal } = await openAudit({ tree: TREE });
    terminal.press('g');
    expect(terminal.frame()).toContain('not judged /etc/torcx/profiles/custom.json');
    expect(terminal.frame()).toContain('This file was not judged');
  });

  test('explains the rule of a finding', async () => {
    const { terminal } = await openAudit({ tree: TREE });
    terminal.type('/TX201');
    terminal.press('enter', 'x');
    await terminal.until('Severity:');
    expect(terminal.frame()).toContain('TX201 torcx-environment-file');
  });

  test('takes a paste for no command', async () => {
    const { terminal } = await openAudit({ tree: TREE });
    terminal.paste('w\ny\nq');
    expect(terminal.frame()).toContain('2 of 3 fixes chosen');
    terminal.press('/');
    terminal.paste('TX201');
    expect(terminal.frame()).toContain('/TX201_   1 of 1');
  });

  test('says how many files have been read', () => {
    const { state } = startApp({ mode: 'audit' }, facts({ columns: 80, rows: 24 }));
    const auditing = reduceApp(state, { kind: 'auditing', done: 512 });
    expect(frameOf(auditing.state)).toContain('reading the files: 512 …');
  });

  test('a search that is given up leads back to where it began', async () => {
    const { terminal } = await openAudit({ tree: TREE });
    const cursor = () => /^│>.*$/m.exec(terminal.frame())?.[0];
    const before = cursor();
    terminal.type('/TX101');
    expect(cursor()).not.toBe(before);
    terminal.press('escape');
    expect(cursor()).toBe(before);
  });

  test('ends with the first audit when that fails, and not with a later one', async () => {
    const { state } = startApp({ mode: 'audit' }, facts({ columns: 80, rows: 24 }));
    const error = new Error('x');
    const failed = { kind: 'failed', effect: { do: 'audit' }, error, what: 'no luck' } as const;
    expect(reduceApp(state, failed).state.outcome).toEqual({ error });
    const options = parseCommandLine(['--check', 'schema', '-i'], {}, ON_TERMINAL);
    if (options.mode !== 'check') throw new Error(options.mode);
    const view = await new AuditSession(options).audit();
    const audited = reduceApp(state, { kind: 'audited', view });
    const later = reduceApp(audited.state, failed);
    expect(later.state.outcome).toBeUndefined();
    expect(frameOf(later.state)).toContain('no luck');
  });

  test('names the keys that still mean something when the filter lets nothing through', async () => {
    const { terminal } = await openAudit({ tree: { [SCRIPT]: TREE[SCRIPT] ?? '' } });
    expect(terminal.frame()).toContain('Space choose');
    terminal.press('f');
    expect(terminal.frame()).toContain('Esc shows all 1');
    expect(terminal.frame()).toMatch(
      /\n\? keys {2}q quit {2}d diff {2}w fix {2}f severity {2}o only fixable\n*$/,
    );
    terminal.press('escape');
    expect(terminal.frame()).toContain('Space choose');
  });

  test('says when there is no finding', async () => {
    const { terminal, ended } = await openAudit({ tree: { 'etc/hosts': '127.0.0.1 here\n' } });
    expect(terminal.frame()).toContain('No finding.');
    expect(terminal.frame()).toMatch(/\n\? keys {2}q quit\n*$/);
    terminal.press('?');
    expect(terminal.frame()).toContain('R       read the files again');
    expect(terminal.frame()).not.toContain('Space');
    terminal.press('escape', 'd');
    expect(terminal.frame()).toContain('no fix is chosen');
    terminal.press('q');
    expect(await ended).toBe(0);
  });
});

describe('fixing', () => {
  test('happens after a question only, and shows what is left', async () => {
    const { terminal, root, ended, io } = await openAudit({ tree: TREE });
    terminal.press('w');
    expect(terminal.frame()).toContain('Make 2 fixes in 2 files?');
    terminal.press('n');
    expect(read(root, DROP_IN)).toBe(TREE[DROP_IN]);
    terminal.press('w', 'y');
    await terminal.until('changed 2 files');
    expect(terminal.frame()).toContain('0 of 1 fix chosen');
    expect(read(root, DROP_IN)).toBe('[Service]\nLimitNOFILE=1048576\n');
    expect(read(root, PILOT)).toBe(TREE[PILOT]);
    terminal.press('q');
    expect(await ended).toBe(5);
    expect(terminal.isClosed).toBe(true);
    expect(io.said.stderr).toMatch(
      /^fixed \/etc\/profile\.d\/tide\.sh\nfixed \/etc\/systemd\/system\/docker\.service\.d\/10-env\.conf\nChecked 5 files/,
    );
    expect(io.said.stderr).toMatch(/\nSame as: torcx2sysext --root \S+ --fix --check \/etc\n$/);
  });

  test('says that some fixes need a look', async () => {
    const { terminal } = await openAudit({ tree: TREE });
    terminal.type('/TX204');
    terminal.press('enter', ' ', 'w');
    expect(terminal.frame()).toContain('1 of them may change more than Torcx.');
  });

  test('keeps copies with --backup-dir', async () => {
    const { terminal, root } = await openAudit({ tree: TREE });
    terminal.press('w');
    expect(terminal.frame()).toContain('No copies are kept');
    terminal.press('escape');
    const backup = join(root, 'old');
    const kept = await openAudit({ tree: TREE, args: ['--backup-dir', backup] });
    kept.terminal.press('w');
    expect(kept.terminal.frame()).toContain('Copies go to');
    kept.terminal.press('y');
    await kept.terminal.until('changed 2 files');
    expect(existsSync(join(backup, DROP_IN))).toBe(true);
  });

  test('a fix that was left out stays left out', async () => {
    const { terminal, root, ended, io } = await openAudit({ tree: TREE });
    terminal.type('/TX201');
    terminal.press('enter', ' ', 'escape', 'w', 'y');
    await terminal.until('changed 1 file;');
    expect(terminal.frame()).toContain('0 of 2 fixes chosen');
    expect(read(root, DROP_IN)).toBe(TREE[DROP_IN]);
    terminal.press('q');
    await ended;
    expect(io.said.stderr).toMatch(/\nSame as: .* --select TX302 --fix --check \/etc\n$/);
  });

  test('says which file could not be changed, and why', async () => {
    const { terminal, root, ended } = await openAudit({ tree: TREE });
    writeFileSync(join(root, DROP_IN), '[Service]\n');
    terminal.press('w', 'y');
    await terminal.until('changed 1 file, and 1 not');
    terminal.press('g');
    expect(terminal.frame()).toContain(`not fixed /${DROP_IN}: it cha`);
    expect(terminal.frame()).toContain('This file was not fixed: it changed since it was read.');
    terminal.press('q');
    expect(await ended).toBe(6);
  });

  test('does nothing while files are written', async () => {
    const { terminal } = await openAudit({ tree: TREE });
    terminal.press('w', 'y', 'a', 'w');
    expect(terminal.frame()).toContain('writing the files');
    expect(terminal.frame()).toContain('2 of 3 fixes chosen');
    expect(terminal.frame()).not.toContain('Make');
    await terminal.until('changed 2 files');
  });

  test('q waits until the files are written, and says which', async () => {
    const { terminal, ended, io } = await openAudit({ tree: TREE });
    terminal.press('w', 'y', 'q');
    expect(terminal.frame()).toContain('writing the files … then leaving');
    expect(await ended).toBe(5);
    expect(io.said.stderr).toContain(`fixed /${SCRIPT}\nfixed /${DROP_IN}\n`);
  });

  test('Ctrl-C begins no other file', async () => {
    const { terminal, ended, io, root } = await openAudit({ tree: TREE });
    terminal.press('w', 'y', 'ctrl-c');
    expect(terminal.frame()).toContain('finishing the last one, then leaving');
    expect(await ended).toBe(130);
    expect(io.said.stderr).not.toMatch(/^fixed /m);
    expect(read(root, SCRIPT)).toBe(TREE[SCRIPT]);
    expect(read(root, DROP_IN)).toBe(TREE[DROP_IN]);
  });

  test('a second Ctrl-C does not wait', async () => {
    const { terminal, ended } = await openAudit({ tree: TREE });
    terminal.press('w', 'y', 'ctrl-c', 'ctrl-c');
    expect(await ended).toBe(130);
  });

  test('reads again what somebody else has changed', async () => {
    const { terminal, root } = await openAudit({ tree: TREE });
    writeFileSync(join(root, DROP_IN), '[Service]\n');
    terminal.press('R');
    await terminal.until('1 of 2 fixes chosen');
  });
});

describe('the end', () => {
  test('q gives the exit code of the audit, and the command', async () => {
    const { terminal, ended, io } = await openAudit({ tree: TREE });
    terminal.press('q');
    expect(await ended).toBe(5);
    expect(io.said.stderr).toMatch(/\nSame as: torcx2sysext --root \S+ --check \/etc\n$/);
    expect(io.said.stdout).toBe('');
  });

  test.each([
    ['in the list', []],
    ['in a search', ['/', 'x']],
    ['in a question', ['w']],
    ['in a page', ['?']],
    ['in the diff', ['d']],
  ])('Ctrl-C cancels %s: nothing was changed, exit 130, with the command', async (_, keys) => {
    const { terminal, ended, io, root } = await openAudit({ tree: TREE });
    terminal.press(...keys, 'ctrl-c');
    expect(await ended).toBe(130);
    expect(io.said.stderr).toContain('Same as: torcx2sysext');
    expect(read(root, DROP_IN)).toBe(TREE[DROP_IN]);
  });

  test('a path that is not there ends it like the command line', async () => {
    const { terminal, ended } = startAudit({ tree: {} });
    await expect(ended).rejects.toMatchObject({ code: 'path-missing' });
    expect(terminal.isClosed).toBe(true);
  });
});

describe('the screen', () => {
  test('is a line where there is no room, and comes back', async () => {
    const { terminal } = await openAudit({ tree: TREE });
    terminal.resize({ columns: 60, rows: 15 });
    expect(terminal.frame()).toBe('too small: needs 60x16; Ctrl-C ends\n');
    terminal.press('w', 'y', 'q');
    terminal.resize({ columns: 80, rows: 24 });
    expect(terminal.frame()).toContain('[Findings');
  });

  test('has no control character of any file', async () => {
    const tree = {
      'etc/systemd/system/a\u001b[2J\u202eb.service': `${TREE[PILOT]}#\u001b[2J\u0007\n`,
    };
    const { terminal } = await openAudit({ tree });
    terminal.press('j', 'enter');
    const frames = [terminal.painted()];
    terminal.press('escape', ' ', 'd');
    await terminal.until('would change');
    frames.push(terminal.painted());
    const colour = /\[[\d;]*m/y;
    const controls = [...frames.join('').matchAll(/[^\P{C}\n]/gu)].filter(({ index, input }) => {
      colour.lastIndex = index + 1;
      return !colour.test(input);
    });
    expect(controls).toEqual([]);
    expect(frames.join('')).toContain('\\x1b[2J');
  });
});
