import { EXIT_INTERRUPTED } from '../../../errors.ts';
import { shellCommand } from '../../../shell-command.ts';
import { auditSummary } from '../../audit-text.ts';
import { safeText } from '../../safe-text.ts';
import type { Request } from '../request.ts';
import { type Step, step } from '../step.ts';
import type { AuditModel } from './audit-model.ts';
import type { AuditState, Leaving } from './audit-state.ts';
import { sameCommand } from './same-command.ts';

/** Leaves the audit. What is being written is waited for, unless somebody insists: what was done has to be told. */
export function leaveAudit(state: AuditState, how: Leaving): Step<AuditState> {
  const mustWait = state.work === 'apply' && state.leaving !== 'cancel';
  if (!mustWait) return step(state, auditEnd(state, how));
  const next = { ...state, leaving: how };
  return how === 'cancel' ? step(next, { do: 'stopFixes' }) : step(next);
}

/** With the exit code of the audit, or cancelled. */
export function auditEnd(state: AuditState, how: Leaving): Request {
  const { model } = state;
  const exitCode = how === 'cancel' ? EXIT_INTERRUPTED : (model?.report.exitCode ?? 0);
  return { do: 'end', outcome: { exitCode, lines: model ? lastLines(state, model) : [] } };
}

/** What was done, what is left, and the command that does the same. */
function lastLines({ made, fixed, unfixed }: AuditState, model: AuditModel): string[] {
  const command = sameCommand({ made, left: model.fixes, options: model.options });
  return [
    ...fixed.map(path => `fixed ${safeText(path)}`),
    ...unfixed.map(({ path, reason }) => safeText(`not fixed: ${path}: ${reason}`)),
    ...auditSummary({ ...model.report, fixed }),
    command === undefined
      ? 'No single command makes just these fixes and no others.'
      : `Same as: ${shellCommand(command)}`,
  ];
}
