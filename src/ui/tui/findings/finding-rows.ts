import type { Finding, Severity } from '../../../finding.ts';
import type { Analysis } from '../analysis.ts';
import type { TableRow } from '../table/table-state.ts';

/** A finding. Its row has the path of a node, the finding perhaps one in the extension. */
export interface FindingRow extends TableRow {
  readonly found: Finding;
}

/** In the order in which a key goes through them. */
export const FINDING_FILTERS = ['all', 'error', 'warning', 'info'] as const;
export type FindingFilter = (typeof FINDING_FILTERS)[number];

const RANKS: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** The worst first; findings of one severity stay in the order of their files. */
export function findingRows(
  { report, nodeOf }: Analysis,
  filter: FindingFilter,
): readonly FindingRow[] {
  return report.findings
    .filter(({ severity }) => filter === 'all' || filter === severity)
    .map(found => ({
      found,
      rules: [found.ruleId],
      path: found.path === undefined ? undefined : nodeOf(found.path),
    }))
    .sort((a, b) => RANKS[a.found.severity] - RANKS[b.found.severity]);
}
