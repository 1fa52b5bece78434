import { describe, expect, test } from 'vitest';
import type { AuditResult } from '../../src/analyze/audit/audit-result.ts';
import { auditJson } from '../../src/ui/audit-json.ts';
import { auditReport } from '../../src/ui/audit-report.ts';
import { validate, validateEveryKey } from '../support/report-schema.ts';
import { cleanResult, exampleResult, fullResult } from './support/audit-results.ts';

const options = { exitCode: 1, showSuppressed: true };

describe('the schema describes', () => {
  test.each<[string, AuditResult]>([
    ['no finding', cleanResult],
    ['the example', exampleResult],
    ['everything', fullResult],
  ])('%s', (_, result) => {
    const document = JSON.parse(auditJson(auditReport(result, options)));
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect(validateEveryKey(document), JSON.stringify(validateEveryKey.errors)).toBe(true);
  });

  test('no finding without its path or with a suppression unsaid', () => {
    const report = auditReport(exampleResult, options);
    const [found] = report.findings;
    for (const key of ['path', 'suppressed'] as const) {
      const document = { ...report, findings: [{ ...found, [key]: undefined }] };
      expect(validate(JSON.parse(JSON.stringify(document)))).toBe(false);
    }
  });
});

test('the envelope of the example', () => {
  const document = JSON.parse(auditJson(auditReport(exampleResult, options)));
  expect(document).toMatchObject({
    schemaVersion: '1.0',
    mode: 'check',
    complete: true,
    exitCode: 1,
    target: { flatcar: '3794.0.0' },
    scanned: { roots: ['/etc'], files: 214, unreadable: [], unparsed: [], skipped: [] },
    summary: { error: 1, warning: 1, info: 0, suppressed: 0, fixable: 1 },
  });
  expect(document.findings[0]).toEqual({
    ruleId: 'TX201',
    slug: 'torcx-environment-file',
    severity: 'error',
    path: '/etc/systemd/system/docker.service.d/10-env.conf',
    line: 3,
    column: 17,
    endLine: 3,
    endColumn: 36,
    snippet: 'EnvironmentFile=/run/metadata/torcx',
    message: 'this file does not exist from Flatcar 3794 on; the unit fails to start.',
    fix: {
      safety: 'safe',
      description: 'delete the line',
      edits: [{ startLine: 3, endLine: 3, text: '' }],
    },
    suppressed: null,
  });
});

test('what is incomplete says so, and the suppressed are counted without being listed', () => {
  const report = auditReport(fullResult, { exitCode: 5, showSuppressed: false });
  expect(report).toMatchObject({
    complete: false,
    summary: { error: 1, warning: 1, info: 1, suppressed: 2, fixable: 0 },
  });
  expect(report.findings.map(({ suppressed }) => suppressed)).toEqual([null, null, null]);
});

test('the suppressed ones stand where they belong', () => {
  const report = auditReport(fullResult, { exitCode: 5, showSuppressed: true });
  expect(
    report.findings.map(({ path, line, suppressed }) => [path, line, suppressed?.reason]),
  ).toEqual([
    ['/etc/a\u001b[31m:,%\n\u202eb', 120, undefined],
    ['/etc/x.service', 3, 'goes with the next image'],
    ['/etc/x.service', 9, ''],
    ['conf/\udcff', undefined, undefined],
    ['conf/\udcff', 2, undefined],
  ]);
});

test('no raw control, bidirectional or invalid character, and the same meaning', () => {
  const report = auditReport(fullResult, options);
  const json = auditJson(report);
  expect(JSON.parse(json)).toEqual(report);
  expect(json).not.toMatch(/[\u202e\ud800-\udfff]/);
  expect(json.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
});
