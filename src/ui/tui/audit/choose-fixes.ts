import { type Step, step } from '../step.ts';
import type { AuditModel } from './audit-model.ts';
import type { AuditRow } from './audit-rows.ts';
import type { AuditFix } from './audit-services.ts';
import { type AuditState, rowAtCursor } from './audit-state.ts';

/** The fix of a finding is taken or left out; of a file all safe ones, or none at all. */
export function toggleFix(state: AuditState): Step<AuditState> {
  const row = rowAtCursor(state);
  if (!row || !state.model) return step(state);
  if (row.kind === 'file') return toggleFile(state, fixesIn(row.path, state.model));
  if (row.kind === 'failed' || !row.fix) {
    return step(state, { do: 'say', text: reasonAgainst(row) });
  }
  const { key } = row.fix;
  const chosen = new Set(state.chosen);
  if (!chosen.delete(key)) chosen.add(key);
  return step({ ...state, chosen });
}

function toggleFile(state: AuditState, fixes: readonly AuditFix[]): Step<AuditState> {
  const next = toggleSafe(state, fixes);
  const hasSafe = fixes.some(({ safety }) => safety === 'safe');
  if (hasSafe || next.chosen.size < state.chosen.size) return step(next);
  const text =
    fixes.length === 0
      ? 'no program can fix anything in this file'
      : 'no fix in this file is safe: look at each, and choose it there';
  return step(next, { do: 'say', text });
}

/** Every safe fix, or none when all of them were chosen. */
export function toggleAll(state: AuditState): AuditState {
  return state.model ? toggleSafe(state, state.model.fixes) : state;
}

/** Those that need a look are only chosen one by one. */
function toggleSafe(state: AuditState, fixes: readonly AuditFix[]): AuditState {
  const safe = fixes.filter(({ safety }) => safety === 'safe');
  const isComplete = safe.every(({ key }) => state.chosen.has(key));
  const chosen = new Set(state.chosen);
  for (const { key } of isComplete ? fixes : []) chosen.delete(key);
  for (const { key } of isComplete ? [] : safe) chosen.add(key);
  return { ...state, chosen };
}

function fixesIn(path: string, { fixes }: AuditModel): readonly AuditFix[] {
  return fixes.filter(fix => fix.path === path);
}

function reasonAgainst(row: Exclude<AuditRow, { kind: 'file' }>): string {
  if (row.kind === 'failed') return `this file was ${row.what}`;
  return row.finding.fix
    ? 'no program can make this fix: the details say what to do'
    : 'there is nothing to fix here';
}
