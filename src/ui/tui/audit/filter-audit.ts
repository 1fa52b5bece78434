import type { Key } from '../../terminal/terminal-event.ts';
import { type AuditFilter, isFiltered, SEVERITIES } from './audit-rows.ts';
import { type AuditState, rowAtCursor } from './audit-state.ts';

/** The filter after a key that is about it; undefined for any other key. */
export function filterAfter(state: AuditState, key: Key): AuditFilter | undefined {
  const { severity, isFixable, rule } = state;
  const filter: AuditFilter = { severity, isFixable, ...(rule && { rule }) };
  switch (key) {
    case 'f':
      return { ...filter, severity: following(severity) };
    case 'o':
      return { ...filter, isFixable: !isFixable };
    case 'r':
      return otherRule(state, filter);
    case 'escape':
      return isFiltered(filter) ? { severity: 'all', isFixable: false } : undefined;
    default:
      return undefined;
  }
}

/** `errors, only TX201, fixable` */
export function filterText({ severity, rule, isFixable }: AuditFilter): string {
  const parts = [
    ...(severity === 'all' ? [] : [severity]),
    ...(rule === undefined ? [] : [rule]),
    ...(isFixable ? ['fixable'] : []),
  ];
  return parts.length === 0 ? 'all' : parts.join(', ');
}

function following(severity: AuditFilter['severity']): AuditFilter['severity'] {
  return SEVERITIES[(SEVERITIES.indexOf(severity) + 1) % SEVERITIES.length] ?? severity;
}

/** Only the rule of the finding under the cursor, or every rule again. */
function otherRule(state: AuditState, { rule, ...filter }: AuditFilter): AuditFilter {
  const row = rowAtCursor(state);
  if (rule !== undefined || row?.kind !== 'finding') return filter;
  return { ...filter, rule: row.finding.ruleId };
}
