import type { AuditReport } from './audit-report.ts';
import { safeJson } from './safe-text.ts';

/** The report as schema/report-1.0.schema.json describes it; names that are no UTF-8 as in a conversion's report. */
export function auditJson(report: AuditReport): string {
  return `${safeJson(JSON.stringify(report, null, 2))}\n`;
}
