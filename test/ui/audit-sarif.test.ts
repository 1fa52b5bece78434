import { describe, expect, test } from 'vitest';
import type { AuditResult } from '../../src/analyze/audit/audit-result.ts';
import { auditReport } from '../../src/ui/audit-report.ts';
import { auditSarif } from '../../src/ui/audit-sarif.ts';
import { cleanResult, exampleResult, fullResult } from './support/audit-results.ts';
import { validateSarif as validate } from './support/sarif-schema.ts';

function sarif(result: AuditResult) {
  return auditSarif(auditReport(result, { exitCode: 0, showSuppressed: true }));
}

describe('valid', () => {
  test.each<[string, AuditResult]>([
    ['with no finding', cleanResult],
    ['with the example', exampleResult],
    ['with everything', fullResult],
  ])('%s', (_, result) => {
    expect(validate(JSON.parse(sarif(result))), JSON.stringify(validate.errors)).toBe(true);
  });

  test('only with what the standard requires', () => {
    const log = JSON.parse(sarif(exampleResult));
    for (const broken of [
      { ...log, version: '2.0.0' },
      { ...log, runs: [{ ...log.runs[0], tool: {} }] },
      { ...log, runs: [{ ...log.runs[0], results: [{ ruleId: 'TX201' }] }] },
      { ...log, runs: [{ ...log.runs[0], finding: [] }] },
      { ...log, runs: [{ ...log.runs[0], columnKind: 'bytes' }] },
      { ...log, $schema: 'no address' },
    ]) {
      expect(validate(broken)).toBe(false);
    }
  });
});

test('no finding is an empty list of results, not an absent one', () => {
  const [run] = JSON.parse(sarif(cleanResult)).runs;
  expect(run.results).toEqual([]);
  expect(run.invocations).toEqual([{ executionSuccessful: true, toolExecutionNotifications: [] }]);
});

test('the result of the example', () => {
  const [run] = JSON.parse(sarif(exampleResult)).runs;
  const [first, second] = run.results;
  const artifactLocation = {
    uri: 'file:///etc/systemd/system/docker.service.d/10-env.conf',
  };
  expect(run.tool.driver.rules[first.ruleIndex]).toMatchObject({
    id: 'TX201',
    name: 'torcx-environment-file',
  });
  expect(first).toMatchObject({
    ruleId: 'TX201',
    level: 'error',
    locations: [
      {
        physicalLocation: {
          artifactLocation,
          region: { startLine: 3, startColumn: 17, endLine: 3, endColumn: 36 },
        },
      },
    ],
    fixes: [
      {
        artifactChanges: [
          {
            artifactLocation,
            replacements: [
              {
                deletedRegion: { startLine: 3, startColumn: 1, endLine: 4, endColumn: 1 },
                insertedContent: { text: '' },
              },
            ],
          },
        ],
      },
    ],
  });
  // A fix that a program cannot make is words.
  expect(second.fixes).toBeUndefined();
  expect(second.message.text).toContain('fix: torcx2sysext /var/lib/torcx/store');
});

test('paths become URIs, byte for byte', () => {
  const uris = JSON.parse(sarif(fullResult)).runs[0].results.map(
    (found: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }) =>
      found.locations[0]?.physicalLocation.artifactLocation.uri,
  );
  expect(uris).toEqual([
    'file:///etc/a%1B%5B31m%3A%2C%25%0A%E2%80%AEb',
    'file:///etc/x.service',
    'file:///etc/x.service',
    'conf/%FF',
    'conf/%FF',
  ]);
});

test('what could not be read or parsed is told, and what is suppressed stays visible', () => {
  const [run] = JSON.parse(sarif(fullResult)).runs;
  const [invocation] = run.invocations;
  expect(invocation.executionSuccessful).toBe(false);
  expect(
    invocation.toolExecutionNotifications.map(
      (told: { message: { text: string } }) => told.message.text,
    ),
  ).toEqual(['permission denied', "3:12 expected ',' or '}'"]);
  const suppressions = run.results.map((found: { suppressions?: object[] }) => found.suppressions);
  expect(suppressions).toEqual([
    undefined,
    [{ kind: 'inSource', justification: 'goes with the next image' }],
    [{ kind: 'inSource', justification: '' }],
    undefined,
    undefined,
  ]);
});
