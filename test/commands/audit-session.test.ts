import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../src/command-line/options.ts';
import { AuditSession } from '../../src/commands/audit-session.ts';
import type { AuditFix, AuditView } from '../../src/ui/tui/audit/audit-services.ts';
import { checkInProcess, type Tree, withTree } from '../support/check-in-process.ts';

const DROP_IN = 'etc/systemd/system/docker.service.d/10-env.conf';
const UNIT = 'etc/systemd/system/x.service';
const TREE: Tree = {
  [DROP_IN]: '[Service]\nEnvironmentFile=/run/metadata/torcx\nLimitNOFILE=9\n',
  [UNIT]: '[Unit]\nRequires=torcx.target\nAfter=torcx.target\n[Service]\nExecStart=/usr/bin/x\n',
};

function sessionOn(directory: string, args: readonly string[] = []): AuditSession {
  const argv = ['--check', directory, ...args];
  const options = parseCommandLine(argv, {}, { stdin: false, stdout: false, stderr: false });
  if (options.mode !== 'check') throw new Error('no audit');
  return new AuditSession(options);
}

const keysOf = ({ fixes }: AuditView, isChosen: (fix: AuditFix) => boolean = () => true) =>
  new Set(fixes.filter(isChosen).map(({ key }) => key));

const rulesOf = ({ report }: AuditView) => report.findings.map(({ ruleId }) => ruleId);

describe('an audit session', () => {
  test('has a patch for each fix alone', async () => {
    await withTree(TREE, async directory => {
      const view = await sessionOn(directory).audit();
      const [first, second] = view.fixes;
      expect(first?.patch.split('\n').slice(2)).toEqual([
        '@@ -1,3 +1,2 @@',
        ' [Service]',
        '-EnvironmentFile=/run/metadata/torcx',
        ' LimitNOFILE=9',
        '',
      ]);
      expect(second?.findings.map(({ ruleId }) => ruleId)).toEqual(['TX202', 'TX203']);
      expect(second?.findings.every(found => view.report.findings.includes(found))).toBe(true);
    });
  });

  test('tells how many files have been read', async () => {
    const files = Array.from({ length: 300 }, (_, index) => [`etc/${index}`, 'x\n'] as const);
    await withTree(Object.fromEntries(files), async directory => {
      const told: number[] = [];
      await sessionOn(directory).audit(done => told.push(done));
      expect(told).toEqual([300]);
    });
  });

  test('plans what --diff prints when every safe fix is chosen, and writes nothing', async () => {
    await withTree(TREE, async directory => {
      const session = sessionOn(directory);
      const chosen = keysOf(await session.audit(), ({ safety }) => safety === 'safe');
      const { patch, files } = await session.planFixes(chosen);
      const { stdout } = await checkInProcess(['--check', directory, '--diff']);
      expect(patch).toBe(stdout);
      expect(files).toBe(2);
      expect(readFileSync(join(directory, DROP_IN), 'utf8')).toBe(TREE[DROP_IN]);
    });
  });

  test('makes only what was chosen, and shows what is left', async () => {
    await withTree(TREE, async directory => {
      const session = sessionOn(directory);
      const before = await session.audit();
      const chosen = keysOf(before, ({ path }) => path.endsWith('.conf'));
      const after = await session.applyFixes(chosen);
      expect(after.report.fixed).toEqual([join(directory, DROP_IN)]);
      expect(rulesOf(after)).toEqual(rulesOf(before).filter(rule => rule !== 'TX201'));
      expect(readFileSync(join(directory, UNIT), 'utf8')).toBe(TREE[UNIT]);
      expect(readFileSync(join(directory, DROP_IN), 'utf8')).toBe('[Service]\nLimitNOFILE=9\n');
    });
  });

  test('leaves the files as --fix does when every safe fix is chosen', async () => {
    const mended = await withTree(TREE, async directory => {
      const session = sessionOn(directory);
      await session.applyFixes(keysOf(await session.audit(), ({ safety }) => safety === 'safe'));
      return Object.keys(TREE).map(path => readFileSync(join(directory, path), 'utf8'));
    });
    const expected = await withTree(TREE, async directory => {
      await checkInProcess(['--check', directory, '--fix']);
      return Object.keys(TREE).map(path => readFileSync(join(directory, path), 'utf8'));
    });
    expect(mended).toEqual(expected);
  });

  test('removes a file that nothing reads any more, and audits what is left of the path', async () => {
    const mask = 'etc/systemd/system-generators/torcx-generator';
    await withTree({ [mask]: '' }, async directory => {
      const session = sessionOn(directory);
      const before = await session.audit();
      expect(before.fixes[0]?.patch).toContain('deleted file mode');
      const { report } = await session.applyFixes(keysOf(before));
      expect(report).toMatchObject({ fixed: [join(directory, mask)], findings: [] });
    });
  });

  test('does not touch a file that changed since it was read, and says so', async () => {
    await withTree(TREE, async directory => {
      const session = sessionOn(directory);
      const chosen = keysOf(await session.audit());
      writeFileSync(
        join(directory, DROP_IN),
        '[Service]\nEnvironmentFile=/run/metadata/torcx\n#\n',
      );
      const { report } = await session.applyFixes(chosen);
      const path = join(directory, DROP_IN);
      expect(report.unfixed).toEqual([{ path, reason: 'it changed since it was read' }]);
      expect(report.exitCode).toBe(6);
      expect(readFileSync(path, 'utf8')).toContain('EnvironmentFile');
    });
  });

  test('begins no other file when it is told to stop, and shows what was done', async () => {
    await withTree(TREE, async directory => {
      const session = sessionOn(directory);
      const chosen = keysOf(await session.audit());
      const stop = new AbortController();
      const told: string[] = [];
      const { report } = await session.applyFixes(chosen, {
        signal: stop.signal,
        onFile: (done, files) => {
          told.push(`${done} of ${files}`);
          stop.abort();
        },
      });
      expect(told).toEqual(['0 of 2']);
      expect([...session.fixed]).toEqual([join(directory, DROP_IN)]);
      expect(report).toMatchObject({ fixed: [join(directory, DROP_IN)], unfixed: [] });
      expect(readFileSync(join(directory, UNIT), 'utf8')).toBe(TREE[UNIT]);
    });
  });

  test('has the exit code of the audit, and 0 when nothing is left', async () => {
    await withTree(TREE, async directory => {
      const session = sessionOn(directory);
      const before = await session.audit();
      expect(before.report.exitCode).toBe(1);
      expect((await session.applyFixes(keysOf(before))).report).toMatchObject({
        exitCode: 0,
        findings: [],
      });
    });
  });
});
