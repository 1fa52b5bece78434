import {
  chmodSync,
  existsSync,
  lstatSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { toolErrorOf } from '../support/catch-error.ts';
import { type Checked, checkInProcess, type Tree, withTree } from '../support/check-in-process.ts';
import { validate, validateEveryKey } from '../support/report-schema.ts';
import { validateSarif } from '../ui/support/sarif-schema.ts';

const UNIT = 'etc/systemd/system/x.service';
const DROP_IN = 'etc/systemd/system/docker.service.d/10-env.conf';

const clean: Tree = { [UNIT]: '[Service]\nExecStart=/usr/bin/x\n' };
const broken: Tree = {
  [DROP_IN]: '[Service]\nEnvironmentFile=/run/metadata/torcx\nLimitNOFILE=9\n',
};
const soft: Tree = { [DROP_IN]: '[Service]\nEnvironmentFile=-/run/metadata/torcx\n' };
const harmless: Tree = { 'etc/systemd/system-generators/torcx-generator': '' };
const unparsable: Tree = { 'etc/torcx/profiles/a.json': '{"kind": x\n' };
/** Nothing but an image, which no edit can mend. */
const manual: Tree = { 'var/lib/torcx/store/zfs:1.torcx.tgz': 'x' };

function check(tree: Tree, args: readonly string[] = [], path = '.'): Promise<Checked> {
  return withTree(tree, directory => checkInProcess(['--check', join(directory, path), ...args]));
}

describe('the exit code', () => {
  test.each<[string, Tree, string[], number]>([
    ['no finding', clean, [], 0],
    ['an error', broken, [], 1],
    ['a warning', soft, [], 1],
    ['info alone', harmless, [], 0],
    ['--fail-on info', harmless, ['--fail-on', 'info'], 1],
    ['--fail-on warning', soft, ['--fail-on', 'warning'], 1],
    ['--fail-on error and a warning', soft, ['--fail-on', 'error'], 0],
    ['--fail-on error and an error', broken, ['--fail-on', 'error'], 1],
    ['--fail-on never', broken, ['--fail-on', 'never'], 0],
    ['--format sarif', broken, ['--format', 'sarif'], 0],
    ['--format json', broken, ['--format', 'json'], 1],
    ['--format github', broken, ['--format', 'github'], 1],
    ['--format markdown', broken, ['--format', 'markdown'], 1],
    ['a release that has Torcx', broken, ['--target-version', '3510'], 0],
    ['a rule that is not selected', broken, ['--select', 'TX1'], 0],
    ['a rule that is ignored', broken, ['--ignore', 'TX2,TX9'], 0],
    ['what cannot be parsed', unparsable, [], 5],
    ['that, and findings: it outranks them', { ...unparsable, ...broken }, [], 5],
    ['that with --fail-on never', unparsable, ['--fail-on', 'never'], 5],
    ['that with --format sarif', unparsable, ['--format', 'sarif'], 5],
    ['--diff with nothing left', broken, ['--diff'], 0],
    ['--diff with something left', { ...broken, ...manual }, ['--diff'], 1],
    ['--fix with nothing left', broken, ['--fix'], 0],
    ['--fix with something left', { ...broken, ...manual }, ['--fix'], 1],
    ['--fix with something incomplete', { ...broken, ...unparsable }, ['--fix'], 5],
  ])('%s', async (_, tree, args, exitCode) => {
    expect((await check(tree, args)).exitCode).toBe(exitCode);
  });

  test('of a path that is absent, or without a file', async () => {
    await withTree({}, async directory => {
      const absent = join(directory, 'nope');
      expect(await toolErrorOf(() => checkInProcess(['--check', absent]))).toEqual({
        code: 'path-missing',
        facts: { path: absent },
      });
      expect(await toolErrorOf(() => checkInProcess(['--check', directory]))).toEqual({
        code: 'nothing-to-check',
        facts: { paths: [directory] },
      });
    });
  });

  test('in the JSON report is that of the process', async () => {
    for (const tree of [clean, broken, unparsable]) {
      const { stdout, exitCode } = await check(tree, ['--format', 'json']);
      expect(JSON.parse(stdout).exitCode).toBe(exitCode);
    }
  });
});

describe('what is incomplete', () => {
  test('is told on stderr, behind a whole report', async () => {
    const { stdout, stderr } = await check({ ...unparsable, ...broken }, ['--format', 'json']);
    const report = JSON.parse(stdout);
    expect(report.complete).toBe(false);
    expect(report.findings.map(({ ruleId }: { ruleId: string }) => ruleId)).toContain('TX201');
    expect(stderr).toMatch(
      /^torcx2sysext: error: \S+\/etc\/torcx\/profiles\/a\.json:1:10 .+ \(TX106\); other files were checked\n$/,
    );
  });

  test('says why of the first file that could not be read', async () => {
    const { exitCode, stderr } = await withTree(clean, directory =>
      checkInProcess(['--check', directory, '/proc/self/mem']),
    );
    expect(exitCode).toBe(5);
    expect(stderr).toBe(
      'torcx2sysext: error: 1 of 2 files unreadable (first: /proc/self/mem); result is incomplete\n  why: input/output error\n',
    );
  });
});

describe('progress of an audit', () => {
  const many: Tree = Object.fromEntries(
    Array.from({ length: 600 }, (_, index) => [`etc/conf.d/${index}.conf`, 'x = 1\n']),
  );

  /** What goes to stderr when each look at the clock takes `step` milliseconds. */
  async function progressOf(kind: string, step: number): Promise<string> {
    let time = 0;
    const now = () => {
      time += step;
      return time;
    };
    const { stderr, exitCode } = await withTree(many, directory =>
      checkInProcess(['--check', directory, '--progress', kind], { now }),
    );
    expect(exitCode).toBe(0);
    return stderr;
  }

  test.each([
    [
      'bar',
      '\rCheck files\u001b[K\rCheck files     512 files\u001b[K\rCheck files     600 files\u001b[K\r\u001b[K',
    ],
    ['plain', 'Check files\n'],
    [
      'json',
      '{"kind":"stage","stage":"audit"}\n{"kind":"files","done":512,"stage":"audit"}\n{"kind":"files","done":600,"stage":"audit"}\n',
    ],
    ['none', ''],
  ])('as %s counts the files', async (kind, text) => {
    expect(await progressOf(kind, 400)).toBe(text);
  });

  test.each(['bar', 'plain', 'json'])('as %s is not shown where it takes no time', async kind => {
    expect(await progressOf(kind, 1)).toBe('');
  });
});

describe('every format', () => {
  const trees: [string, Tree][] = [
    ['no finding', clean],
    ['findings', { ...broken, ...manual }],
  ];
  describe.each(trees)('with %s', (_, tree) => {
    test('JSON is as the schema has it', async () => {
      const document: unknown = JSON.parse((await check(tree, ['--format', 'json'])).stdout);
      expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
      expect(validateEveryKey(document), JSON.stringify(validateEveryKey.errors)).toBe(true);
    });

    test('SARIF is as the standard has it', async () => {
      const document: unknown = JSON.parse((await check(tree, ['--format', 'sarif'])).stdout);
      expect(validateSarif(document), JSON.stringify(validateSarif.errors)).toBe(true);
    });

    test.each(['text', 'json', 'markdown', 'sarif', 'github'])(
      '%s, on stdout alone',
      async format => {
        const { stdout, stderr } = await check(tree, ['--format', format]);
        expect(stdout.endsWith('\n')).toBe(true);
        expect(stderr).toBe('');
      },
    );
  });

  test('goes into --output-file instead, which is not replaced without --force', async () => {
    await withTree({ ...broken, out: 'old' }, async directory => {
      const args = ['--check', join(directory, 'etc'), '--output-file', join(directory, 'out')];
      expect(await toolErrorOf(() => checkInProcess([...args, '--fix']))).toMatchObject({
        code: 'output-exists',
      });
      // What cannot be reported is not begun.
      expect(readFileSync(join(directory, DROP_IN), 'utf8')).toBe(broken[DROP_IN]);
      const { stdout } = await checkInProcess([...args, '--force']);
      expect(stdout).toBe('');
      expect(readFileSync(join(directory, 'out'), 'utf8')).toContain('TX201');
    });
  });
});

describe('--root', () => {
  test('takes the paths below it, and shows them without it', async () => {
    await withTree(broken, async directory => {
      const { stdout } = await checkInProcess(['--check', '/etc', '--root', directory]);
      expect(stdout.split('\n')[0]).toBe(`/${DROP_IN}`);
    });
  });

  test('is where --fix writes', async () => {
    await withTree(broken, async directory => {
      const backup = join(directory, 'backup');
      const args = ['--check', '--root', directory, '--fix', '--backup-dir', backup];
      expect((await checkInProcess(args)).exitCode).toBe(0);
      expect(readFileSync(join(directory, DROP_IN), 'utf8')).toBe('[Service]\nLimitNOFILE=9\n');
      expect(readFileSync(join(backup, DROP_IN), 'utf8')).toBe(broken[DROP_IN]);
    });
  });
});

describe('--diff', () => {
  test('changes nothing', async () => {
    await withTree(broken, async directory => {
      const { stdout, stderr } = await checkInProcess(['--check', directory, '--diff']);
      const name = join(directory, DROP_IN).slice(1);
      expect(stdout).toBe(
        `--- a/${name}\n+++ b/${name}\n@@ -1,3 +1,2 @@\n [Service]\n-EnvironmentFile=/run/metadata/torcx\n LimitNOFILE=9\n`,
      );
      expect(stderr).toBe('1 file would change; nothing was written. No finding would be left.\n');
      expect(readFileSync(join(directory, DROP_IN), 'utf8')).toBe(broken[DROP_IN]);
    });
  });

  test('acts on no terminal, and is exact for everybody else', async () => {
    const tree = { [UNIT]: '[Unit]\n# \u001b[31m\nAfter=torcx.target\n' };
    await withTree(tree, async directory => {
      const args = ['--check', directory, '--diff'];
      const seen = await checkInProcess(args, { isTerminal: true });
      expect(seen.stdout).toContain('\n # \\x1b[31m\n');
      expect((await checkInProcess(args)).stdout).toContain('\n # \u001b[31m\n');
    });
  });

  test('with nothing to mend is empty', async () => {
    expect(await check(clean, ['--diff'])).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'Nothing to change. No finding would be left.\n',
    });
  });
});

describe('--fix', () => {
  test('mends what can be mended, says so, and has nothing to do the second time', async () => {
    await withTree({ ...broken, ...soft, ...manual }, async directory => {
      const args = ['--check', directory, '--fix'];
      const first = await checkInProcess(args);
      expect(first.stdout).toContain(`fixed ${join(directory, DROP_IN)}\n`);
      expect(first.stdout).toMatch(/systemctl daemon-reload\n$/);
      expect(first.stdout).toContain('TX105');
      const { mtimeMs } = statSync(join(directory, DROP_IN));
      const second = await checkInProcess(args);
      expect(second.stdout).not.toContain('fixed');
      expect(second.stdout).not.toContain('daemon-reload');
      expect(statSync(join(directory, DROP_IN)).mtimeMs).toBe(mtimeMs);
    });
  });

  test('makes unsafe fixes only when asked for', async () => {
    const unit =
      '[Service]\nExecStart=/usr/bin/env PATH=${TORCX_BINDIR}:${PATH} ${TORCX_BINDIR}/mine\n';
    await withTree({ [UNIT]: unit }, async directory => {
      await checkInProcess(['--check', directory, '--fix']);
      expect(readFileSync(join(directory, UNIT), 'utf8')).toBe(unit);
      await checkInProcess(['--check', directory, '--fix', '--unsafe-fixes']);
      expect(readFileSync(join(directory, UNIT), 'utf8')).toBe(
        '[Service]\nExecStart=/usr/bin/mine\n',
      );
    });
  });

  test('names what it changed in the JSON report too', async () => {
    const { stdout } = await check(broken, ['--fix', '--format', 'json']);
    const report = JSON.parse(stdout);
    expect(report.fixed).toHaveLength(1);
    expect(report.findings).toEqual([]);
  });

  test('deletes what nothing reads any more, behind a copy of it', async () => {
    const mask = 'etc/systemd/system-generators/torcx-generator';
    const tree: Tree = {
      ...harmless,
      'etc/flatcar/docker-1.12': 'no\n',
      [`a/${mask}`]: '-> /dev/null',
    };
    await withTree(tree, async directory => {
      const backup = `${directory}-backup`;
      const args = ['--check', directory, '--fix'];
      try {
        const { exitCode, stdout } = await checkInProcess([...args, '--backup-dir', backup]);
        expect(exitCode).toBe(0);
        expect(stdout.match(/^fixed /gm)).toHaveLength(3);
        expect(stdout).toContain('\nNo findings.\n');
        for (const path of Object.keys(tree)) {
          expect(lstatSync(join(directory, path), { throwIfNoEntry: false })).toBeUndefined();
        }
        expect(readFileSync(join(backup, directory, 'etc/flatcar/docker-1.12'), 'utf8')).toBe(
          'no\n',
        );
        expect(readlinkSync(join(backup, directory, `a/${mask}`))).toBe('/dev/null');
        // Nothing is left but directories.
        expect(await toolErrorOf(() => checkInProcess(args))).toMatchObject({
          code: 'nothing-to-check',
        });
      } finally {
        rmSync(backup, { recursive: true, force: true });
      }
    });
  });

  test('of a file alone that is deleted is no failure', async () => {
    await withTree(harmless, async directory => {
      const [path = ''] = Object.keys(harmless);
      const args = ['--check', join(directory, path), '--fix', '--fail-on', 'info'];
      expect((await checkInProcess(args)).exitCode).toBe(0);
    });
  });

  test('that fails is exit 6, and the other files are mended', async () => {
    const other = 'etc/systemd/system/a.service';
    await withTree({ ...broken, [other]: '[Unit]\nAfter=torcx.target\n' }, async directory => {
      const backup = `${directory}-backup`;
      try {
        await checkInProcess(['--check', directory, '--fix', '--backup-dir', backup]);
        for (const [path, content] of Object.entries(broken))
          writeFileSync(join(directory, path), content);
        writeFileSync(join(directory, other), '[Unit]\nWants=torcx.target\n');
        // The older backup of the same file is not touched, and so the file is not either.
        const { exitCode, stdout, stderr } = await checkInProcess([
          ...['--check', directory, '--fix', '--backup-dir', backup],
        ]);
        expect(exitCode).toBe(6);
        expect(stdout).toContain(`fixed ${join(directory, DROP_IN)}\n`);
        expect(stderr).toContain(`1 of 2 files not changed (first: ${join(directory, other)})`);
        expect(stderr).toContain('why: a backup of another version is at');
        expect(readFileSync(join(directory, other), 'utf8')).toContain('torcx');
      } finally {
        rmSync(backup, { recursive: true });
      }
    });
  });

  test('keeps the mode', async () => {
    await withTree(broken, async directory => {
      chmodSync(join(directory, DROP_IN), 0o754);
      await checkInProcess(['--check', directory, '--fix']);
      expect(statSync(join(directory, DROP_IN)).mode & 0o7777).toBe(0o754);
    });
  });

  test('leaves the files alone that links lead to', async () => {
    await withTree({ ...broken, 'outside.conf': broken[DROP_IN] ?? '' }, async directory => {
      symlinkSync(join(directory, 'outside.conf'), join(directory, `${DROP_IN}.conf`));
      await checkInProcess(['--check', join(directory, 'etc'), '--fix']);
      expect(readFileSync(join(directory, 'outside.conf'), 'utf8')).toBe(broken[DROP_IN]);
    });
  });

  test('refuses a backup directory that is audited itself', async () => {
    await withTree(broken, async directory => {
      const backup = join(directory, 'etc/backup');
      const args = ['--check', join(directory, 'etc'), '--fix', '--backup-dir', backup];
      expect(await toolErrorOf(() => checkInProcess(args))).toMatchObject({ code: 'usage' });
      expect(existsSync(backup)).toBe(false);
    });
  });
});
