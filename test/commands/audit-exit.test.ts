import { expect, test } from 'vitest';
import { type AuditOutcome, auditExitCode, auditFailures } from '../../src/commands/audit-exit.ts';

const unparsed = [{ path: '/etc/torcx/profiles/a.json', reason: '1:1 expected {' }];
const unfixed = [{ path: '/etc/ro.service', reason: 'read-only file system' }];

function outcome(
  parts: Partial<Pick<AuditOutcome['result'], 'unparsed'>> & Partial<Pick<AuditOutcome, 'unfixed'>>,
): AuditOutcome {
  const color = { stdout: false, stderr: false };
  return {
    options: {
      failOn: 'warning',
      display: { format: 'text', color, progress: 'none', verbosity: 'normal', asks: 'never' },
    },
    result: {
      roots: ['/'],
      targetVersion: '3794.0.0',
      files: 3,
      unreadable: [],
      unparsed: parts.unparsed ?? [],
      skipped: [],
      findings: [],
      suppressed: [],
    },
    fixed: [],
    unfixed: parts.unfixed ?? [],
  };
}

test('a fix that was not made outranks an incomplete audit, and both are said', () => {
  const both = outcome({ unparsed, unfixed });
  expect(auditExitCode(both)).toBe(6);
  expect(auditFailures(both).map(({ code }) => code)).toEqual(['fix-failed', 'incomplete']);
  expect(auditExitCode(outcome({ unparsed }))).toBe(5);
  expect(auditExitCode(outcome({}))).toBe(0);
});
