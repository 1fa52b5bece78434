import type { AuditResult } from '../analyze/audit/audit-result.ts';
import type { CheckOptions } from '../command-line/check-options.ts';
import { EXIT_CODES, ToolError } from '../errors.ts';
import type { Severity } from '../finding.ts';
import type { WrittenFixes } from './write-fixes.ts';

/** What an audit came to. */
export interface AuditOutcome extends WrittenFixes {
  readonly options: Pick<CheckOptions, 'failOn' | 'display'>;
  readonly result: AuditResult;
}

/** What keeps the result from being whole, the most important first. */
export function auditFailures({ result, fixed, unfixed }: AuditOutcome): ToolError[] {
  const { files, unreadable, unparsed } = result;
  const errors: ToolError[] = [];
  if (unfixed.length > 0) {
    errors.push(
      new ToolError('fix-failed', { files: fixed.length + unfixed.length, failed: unfixed }),
    );
  }
  if (unreadable.length + unparsed.length > 0) {
    errors.push(
      new ToolError('incomplete', { files: files + unreadable.length, unreadable, unparsed }),
    );
  }
  return errors;
}

const RANKS: Readonly<Record<Severity, number>> = { info: 1, warning: 2, error: 3 };

/** A fix that was asked for and not made outranks an incomplete audit, and that one outranks findings. */
export function auditExitCode(outcome: AuditOutcome): number {
  const [failure] = auditFailures(outcome);
  if (failure) return EXIT_CODES[failure.code];
  const { failOn, display } = outcome.options;
  if (failOn === 'never' || display.format === 'sarif') return 0;
  const isOver = outcome.result.findings.some(({ severity }) => RANKS[severity] >= RANKS[failOn]);
  return isOver ? 1 : 0;
}
