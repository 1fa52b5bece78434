import type { RuleId, Severity } from '../../../rule-table.ts';
import type { AuditFinding, Unjudged } from '../../audit-report.ts';
import type { AuditModel, FileFindings } from './audit-model.ts';
import type { AuditFix } from './audit-services.ts';

/** One line of the list. */
export type AuditRow =
  | ({ readonly kind: 'file'; readonly isFolded: boolean } & FileFindings)
  | { readonly kind: 'finding'; readonly finding: AuditFinding; readonly fix?: AuditFix }
  /** A file that could not be read or parsed, which may hide anything, or one that a fix could not change. */
  | ({ readonly kind: 'failed'; readonly what: 'not judged' | 'not fixed' } & Unjudged);

/** Which findings are listed. */
export interface AuditFilter {
  readonly severity: 'all' | Severity;
  /** Only those of this rule. */
  readonly rule?: RuleId;
  /** Only those that a program can mend. */
  readonly isFixable: boolean;
}

/** True when it may keep something from being listed. */
export function isFiltered({ severity, rule, isFixable }: AuditFilter): boolean {
  return severity !== 'all' || rule !== undefined || isFixable;
}

/** In the order in which a key goes through them. */
export const SEVERITIES = ['all', 'error', 'warning', 'info'] as const;

/** The list from top to bottom: what failed, then each file with its findings. */
export function auditRows(
  model: AuditModel,
  filter: AuditFilter,
  folded: ReadonlySet<string>,
): AuditRow[] {
  return [
    ...(isFiltered(filter) ? [] : failedRows(model)),
    ...model.files.flatMap(({ path, findings }) => {
      const listed = findings.filter(found => isListed(found, model, filter));
      if (listed.length === 0) return [];
      const isFolded = folded.has(path);
      const file: AuditRow = { kind: 'file', path, findings: listed, isFolded };
      return isFolded ? [file] : [file, ...listed.map(found => findingRow(found, model))];
    }),
  ];
}

function failedRows({ report: { scanned, unfixed } }: AuditModel): AuditRow[] {
  const unjudged = [...scanned.unreadable, ...scanned.unparsed];
  return [
    ...unfixed.map((file): AuditRow => ({ kind: 'failed', what: 'not fixed', ...file })),
    ...unjudged.map((file): AuditRow => ({ kind: 'failed', what: 'not judged', ...file })),
  ];
}

/** Where a row is: the file, or the place in it. */
export function rowPath(row: AuditRow): string {
  return row.kind === 'finding' ? (row.finding.path ?? '') : row.path;
}

function isListed(found: AuditFinding, model: AuditModel, filter: AuditFilter): boolean {
  if (filter.severity !== 'all' && found.severity !== filter.severity) return false;
  if (filter.rule !== undefined && found.ruleId !== filter.rule) return false;
  return !filter.isFixable || model.fixOf.has(found);
}

function findingRow(finding: AuditFinding, { fixOf }: AuditModel): AuditRow {
  const fix = fixOf.get(finding);
  return { kind: 'finding', finding, ...(fix && { fix }) };
}
