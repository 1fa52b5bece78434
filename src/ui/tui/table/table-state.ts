import type { RuleId } from '../../../rule-table.ts';
import { type ListState, listStart } from '../parts/list-state.ts';

/** What every row of a table is about. */
export interface TableRow {
  /** Path in the archive; absent when the row is about the whole. */
  readonly path: string | undefined;
  /** Of the findings that are about it. */
  readonly rules: readonly RuleId[];
}

/** A table of any length: its rows are made when the plan or the filter changes, not at every key. */
export interface TableState<Row extends TableRow, Filter extends string> {
  readonly rows: readonly Row[];
  readonly list: ListState;
  readonly filter: Filter;
  /** There: the details cover the table, from this line on. */
  readonly detailsTop?: number;
}

export function tableStart<Filter extends string>(filter: Filter) {
  return { rows: [], list: listStart, filter };
}

/** Undefined in an empty table. */
export function rowAtCursor<Row extends TableRow>({
  rows,
  list,
}: TableState<Row, string>): Row | undefined {
  return rows[list.cursor];
}
