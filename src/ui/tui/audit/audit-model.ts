import { groupBy } from '../../../group-by.ts';
import type { AuditFinding } from '../../audit-report.ts';
import type { AuditFix, AuditView } from './audit-services.ts';

/** An audit with all that its screen looks up again and again. */
export interface AuditModel extends AuditView {
  readonly files: readonly FileFindings[];
  readonly fixOf: ReadonlyMap<AuditFinding, AuditFix>;
}

/** A file with what was found in it, in the order of its lines. */
export interface FileFindings {
  /** Empty for findings about the whole. */
  readonly path: string;
  readonly findings: readonly AuditFinding[];
}

export function auditModel(view: AuditView): AuditModel {
  const { fixes, report } = view;
  return {
    ...view,
    files: byFile(report.findings),
    fixOf: new Map(fixes.flatMap(fix => fix.findings.map(found => [found, fix] as const))),
  };
}

function byFile(findings: readonly AuditFinding[]): FileFindings[] {
  const files = groupBy(findings, ({ path = '' }) => path);
  return [...files].map(([path, found]) => ({ path, findings: found }));
}
