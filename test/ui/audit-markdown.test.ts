import { expect, test } from 'vitest';
import { auditMarkdown } from '../../src/ui/audit-markdown.ts';
import { auditReport } from '../../src/ui/audit-report.ts';
import { cleanResult, exampleResult, fullResult } from './support/audit-results.ts';

test.each([
  ['audit-clean.md', cleanResult, 0],
  ['audit-example.md', exampleResult, 1],
  ['audit-full.md', fullResult, 5],
] as const)('%s', async (file, result, exitCode) => {
  const report = auditReport(result, {
    exitCode,
    showSuppressed: true,
    ...(result === fullResult && {
      fixed: ['/etc/done.service'],
      unfixed: [{ path: '/etc/ro.service', reason: 'read-only file system' }],
    }),
  });
  await expect(auditMarkdown(report)).toMatchFileSnapshot(`golden/${file}`);
});

test('nothing of a name or a message is HTML, and no line shows a control character', () => {
  const text = auditMarkdown(auditReport(fullResult, { exitCode: 5, showSuppressed: true }));
  expect(text).not.toContain('<script>');
  expect(text).not.toContain('<b>');
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
});
