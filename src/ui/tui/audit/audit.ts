import type { Screen } from '../screen.ts';
import { auditCounts, auditTitle } from './audit-heading.ts';
import { auditKeys } from './audit-keys.ts';
import { type AuditState, initialAudit } from './audit-state.ts';
import { reduceAudit } from './reduce-audit.ts';

/** What an audit found, file by file, and which of it is mended. */
export const auditScreen: Screen<AuditState> = {
  title: 'Audit',
  heading: state => [auditTitle(state), auditCounts(state)],
  initial: initialAudit,
  reduce: reduceAudit,
  keys: auditKeys,
  isTyping: ({ search }) => search?.isTyping ?? false,
};
