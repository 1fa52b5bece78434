import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/finding.ts';
import { auditReport } from '../../src/ui/audit-report.ts';
import { auditText } from '../../src/ui/audit-text.ts';
import { cleanResult, exampleResult, fullResult } from './support/audit-results.ts';

const plain = { color: false };

test('the example of the documentation', () => {
  const report = auditReport(exampleResult, { exitCode: 1, showSuppressed: false });
  expect(auditText(report, plain)).toBe(
    `/etc/systemd/system/docker.service.d/10-env.conf
  3:17  error    TX201 torcx-environment-file  [fix: safe]
        EnvironmentFile=/run/metadata/torcx
                        ^^^^^^^^^^^^^^^^^^^ this file does not exist from
        Flatcar 3794 on; the unit fails to start.
        fix: delete the line
/etc/torcx/next-profile
  1:1   warning  TX101 torcx-next-profile  [fix: manual]
        selects profile 'custom', whose image docker:19.03 is not a sysext yet
        fix: torcx2sysext /var/lib/torcx/store/docker:19.03.torcx.tgz docker

Checked 214 files under /etc for Flatcar >= 3794 (0 unreadable, 0 unparsed).
2 findings: 1 error, 1 warning, 0 info. 1 can be fixed: --diff shows how.
Exit 1: errors found. Explain a rule: torcx2sysext --explain TX201
`,
  );
});

test('a clean run says so and how many files it read', () => {
  const report = auditReport(cleanResult, { exitCode: 0, showSuppressed: false });
  expect(auditText(report, plain)).toBe(
    `Checked 214 files under /etc for Flatcar >= 3794 (0 unreadable, 0 unparsed).
No findings.
`,
  );
});

test('everything at once, with names that want to be escape sequences', async () => {
  const report = auditReport(fullResult, {
    exitCode: 5,
    showSuppressed: true,
    fixed: ['/etc/done.service'],
    unfixed: [{ path: '/etc/ro.service', reason: 'read-only file system' }],
  });
  await expect(auditText(report, plain)).toMatchFileSnapshot('golden/audit-full.txt');
  await expect(auditText(report, { ...plain, verbose: true })).toMatchFileSnapshot(
    'golden/audit-full-verbose.txt',
  );
});

test('no line is wider than the page unless a single word is', () => {
  const report = auditReport(fullResult, { exitCode: 5, showSuppressed: true });
  const wide = auditText(report, plain)
    .split('\n')
    .filter(line => Array.from(line).length > 80 && line.trim().includes(' '));
  expect(wide).toEqual([]);
});

test('colour sets off what the words say, and takes nothing away', () => {
  const report = auditReport(exampleResult, { exitCode: 1, showSuppressed: false });
  const coloured = auditText(report, { color: true });
  expect(coloured).toContain('\u001b[31merror  \u001b[0m');
  expect(coloured).toContain('\u001b[31m^^^^^^^^^^^^^^^^^^^\u001b[0m this file');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what sets the colour is to be removed.
  expect(coloured.replaceAll(/\u001b\[\d+m/g, '')).toBe(auditText(report, plain));
});

describe('suppressed findings', () => {
  test('are counted, and listed only when asked for', () => {
    const options = { exitCode: 0, showSuppressed: false };
    const result = { ...cleanResult, suppressed: fullResult.suppressed };
    expect(auditText(auditReport(result, options), plain)).toContain(
      'No findings. 2 suppressed: --show-suppressed shows them.\n',
    );
    const shown = auditText(auditReport(result, { ...options, showSuppressed: true }), plain);
    expect(shown).toContain('TX203 torcx-target-ordering  [suppressed]');
    expect(shown).toContain('suppressed: goes with the next image');
    expect(shown).toContain('suppressed: no reason given');
    expect(shown).toContain('No findings. 2 suppressed.\n');
  });
});

describe('what can be fixed', () => {
  const [safe] = exampleResult.findings;
  const [unsafe] = fullResult.findings;
  test.each<[string, (Finding | undefined)[], string]>([
    ['safely', [safe], '1 can be fixed: --diff shows how.'],
    ['with a look', [unsafe], '1 can be fixed: --diff --unsafe-fixes shows how.'],
    ['both', [safe, unsafe], '1 can be fixed: --diff shows how; 1 more with --unsafe-fixes.'],
  ])('%s', (_, list, sentence) => {
    const findings = list.filter(found => found !== undefined);
    const report = auditReport(
      { ...cleanResult, findings },
      { exitCode: 1, showSuppressed: false },
    );
    expect(auditText(report, plain).replaceAll(/\s+/g, ' ')).toContain(sentence);
  });
});

test('a long list of unreadable files is cut, and says so', () => {
  const unreadable = Array.from({ length: 25 }, (_, n) => ({
    path: `/etc/${n}`,
    reason: 'denied',
  }));
  const report = auditReport(
    { ...cleanResult, unreadable },
    { exitCode: 5, showSuppressed: false },
  );
  const lines = auditText(report, plain).split('\n');
  expect(lines.filter(line => line.startsWith('unreadable: /etc/'))).toHaveLength(20);
  expect(lines).toContain('unreadable: 5 more; --format json names all');
});

test.each([
  ['3794.0.0', 'Flatcar >= 3794 '],
  ['3815.2.0', 'Flatcar >= 3815.2 '],
  ['3510.2.8', 'Flatcar 3510.2.8 '],
])('release %s', (targetVersion, text) => {
  const report = auditReport(
    { ...cleanResult, targetVersion },
    { exitCode: 0, showSuppressed: false },
  );
  expect(auditText(report, plain)).toContain(text);
});
