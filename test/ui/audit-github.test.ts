import { expect, test } from 'vitest';
import { auditGithub } from '../../src/ui/audit-github.ts';
import { auditReport } from '../../src/ui/audit-report.ts';
import { cleanResult, exampleResult, fullResult } from './support/audit-results.ts';

function annotations(text: string): string[] {
  return text.split('\n').filter(line => line.startsWith('::'));
}

/** As the runner reads a line (ActionCommand.cs): properties end at `::`, and are undone after the split. */
function readByRunner(line: string) {
  const [, command = '', list = '', data = ''] = /^::([a-z]+) (.*?)::(.*)$/.exec(line) ?? [];
  const properties = new Map(
    list.split(',').map(part => {
      const at = part.indexOf('=');
      const value = part
        .slice(at + 1)
        .replaceAll('%3A', ':')
        .replaceAll('%2C', ',');
      return [part.slice(0, at), undone(value)] as const;
    }),
  );
  return { command, properties, data: undone(data) };
}

function undone(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

test('the example, with the summary for the log', () => {
  const report = auditReport(exampleResult, { exitCode: 1, showSuppressed: false });
  expect(auditGithub(report)).toBe(
    `::error file=/etc/systemd/system/docker.service.d/10-env.conf,line=3,endLine=3,col=17,endColumn=36,title=TX201 torcx-environment-file::this file does not exist from Flatcar 3794 on; the unit fails to start.%0Afix: delete the line
::warning file=/etc/torcx/next-profile,line=1,col=1,title=TX101 torcx-next-profile::selects profile 'custom', whose image docker:19.03 is not a sysext yet%0Afix: torcx2sysext /var/lib/torcx/store/docker:19.03.torcx.tgz docker
Checked 214 files under /etc for Flatcar >= 3794 (0 unreadable, 0 unparsed).
2 findings: 1 error, 1 warning, 0 info. 1 can be fixed: --diff shows how.
Exit 1: errors found. Explain a rule: torcx2sysext --explain TX201
`,
  );
});

test('no finding is no annotation', () => {
  const text = auditGithub(auditReport(cleanResult, { exitCode: 0, showSuppressed: false }));
  expect(annotations(text)).toEqual([]);
  expect(text).toContain('No findings.');
});

test('what the runner reads is what was found, whatever the names hold', () => {
  const report = auditReport(fullResult, { exitCode: 5, showSuppressed: true });
  const lines = annotations(auditGithub(report));
  expect(lines).toHaveLength(3);
  const { command, properties, data } = readByRunner(lines[0] ?? '');
  expect(command).toBe('error');
  expect(Object.fromEntries(properties)).toEqual({
    file: '/etc/a\\x1b[31m:,%\\n\\u202eb',
    line: '120',
    endLine: '121',
    col: '101',
    title: 'TX204 torcx-bindir-exec',
  });
  expect(data).toBe(
    'TORCX_BINDIR is unset: 100 % ::error::\\r\\na\\x1b[31m:,%\\n\\u202eb <script> | *bold*\nfix: write ExecStart=/usr/bin/dockerd',
  );
});
