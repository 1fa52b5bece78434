import type { Screen } from '../screen.ts';
import type { Session } from '../session.ts';
import { reduceTable, type TableKind } from '../table/reduce-table.ts';
import { tableKeys } from '../table/table-keys.ts';
import { type TableState, tableStart } from '../table/table-state.ts';
import { findingDetails } from './finding-line.ts';
import {
  FINDING_FILTERS,
  type FindingFilter,
  type FindingRow,
  findingRows,
} from './finding-rows.ts';

export type FindingsState = TableState<FindingRow, FindingFilter>;

const KIND: TableKind<FindingRow, FindingFilter> = {
  filters: FINDING_FILTERS,
  rowsOf: findingRows,
  detailsOf: findingDetails,
};

/** What the user should know before converting. */
export const findingsScreen: Screen<FindingsState> = {
  title: 'Findings',
  badge: findingsBadge,
  initial: tableStart('all'),
  reduce: (state, event, context) => reduceTable(state, event, { kind: KIND, context }),
  keys: tableKeys,
};

function findingsBadge({ analysis }: Session): string {
  if (!analysis) return '';
  const { error, warning, info } = analysis.report.summary;
  const counts = [
    [error, 'E'],
    [warning, 'W'],
    [info, 'I'],
  ] as const;
  return counts.flatMap(([count, letter]) => (count > 0 ? [`${letter}${count}`] : [])).join(' ');
}
