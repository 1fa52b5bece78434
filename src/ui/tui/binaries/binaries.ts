import { letterCounts } from '../parts/letter-counts.ts';
import type { Screen } from '../screen.ts';
import type { Session } from '../session.ts';
import { reduceTable, type TableKind } from '../table/reduce-table.ts';
import { tableKeys } from '../table/table-keys.ts';
import { type TableState, tableStart } from '../table/table-state.ts';
import { binaryDetails } from './binary-details.ts';
import { BINARY_FILTERS, type BinaryFilter, type BinaryRow, binaryRows } from './binary-rows.ts';

export type BinariesState = TableState<BinaryRow, BinaryFilter>;

const KIND: TableKind<BinaryRow, BinaryFilter> = {
  filters: BINARY_FILTERS,
  rowsOf: binaryRows,
  detailsOf: binaryDetails,
};

/** What runs, and what it needs to run. */
export const binariesScreen: Screen<BinariesState> = {
  title: 'Binaries',
  badge: binariesBadge,
  initial: tableStart('all'),
  reduce: (state, event, context) => reduceTable(state, event, { kind: KIND, context }),
  keys: tableKeys,
};

function binariesBadge({ analysis }: Session): string {
  if (!analysis) return '';
  const dynamic = analysis.report.elf.filter(row => row.dynamic).length;
  return letterCounts([
    [dynamic, 'D'],
    [analysis.report.elf.length - dynamic, 'S'],
  ]);
}
