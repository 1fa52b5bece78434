import { describe, expect, test } from 'vitest';
import type { ConvertReport } from '../../src/convert/report.ts';
import { ToolError } from '../../src/errors.ts';
import { errorJson } from '../../src/ui/error-text.ts';
import { jsonReport } from '../../src/ui/json-report.ts';
import { validate, validateEveryKey } from '../support/report-schema.ts';
import { dockerReport } from './support/docker-report.ts';

describe('the schema', () => {
  const { size: _size, sha256: _sha256, ...dryOutput } = dockerReport.output;
  test.each<[string, string]>([
    ['a conversion', jsonReport(dockerReport)],
    ['a dry run', jsonReport({ ...dockerReport, output: dryOutput })],
    ['an error', errorJson(new ToolError('usage', { what: 'w', suggestion: 's' }))],
    ['an internal error', errorJson(new Error('x'))],
  ])('describes %s', (_, json) => {
    const document: unknown = JSON.parse(json);
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect(validateEveryKey(document), JSON.stringify(validateEveryKey.errors)).toBe(true);
  });

  test.each<[string, object]>([
    ['a missing list', { ...dockerReport, findings: undefined }],
    ['null for a list', { ...dockerReport, dropped: null }],
    ['line 0', { ...dockerReport, findings: [{ ...dockerReport.findings[0], line: 0 }] }],
    ['another version', { ...dockerReport, schemaVersion: '2.0' }],
    [
      'an unknown action',
      { ...dockerReport, mapping: [{ ...dockerReport.mapping[0], action: 'x' }] },
    ],
    ['an error without a code', { error: { exitCode: 2, message: 'm' } }],
  ])('refuses %s', (_, document) => {
    expect(validate(JSON.parse(JSON.stringify(document)))).toBe(false);
  });

  test('lets a later version add keys, of which this one has forgotten none', () => {
    const later = { ...dockerReport, added: 1 };
    expect(validate(later)).toBe(true);
    expect(validateEveryKey(later)).toBe(false);
    const [first] = dockerReport.mapping;
    expect(validateEveryKey({ ...dockerReport, mapping: [{ ...first, added: 1 }] })).toBe(false);
  });
});

test('the document means the report, and shows no raw control, bidirectional or invalid character', () => {
  const name = 'a\u001b[31m\u0085\u202e\udcff\u{e0041}é';
  const report: ConvertReport = {
    ...dockerReport,
    dropped: [{ path: name, reason: 'r' }],
  };
  const json = jsonReport(report);
  expect(JSON.parse(json)).toEqual(report);
  expect(json).toContain('a\\u001b[31m\\u0085\\u202e\\udcff\\udb40\\udc41é');
});
