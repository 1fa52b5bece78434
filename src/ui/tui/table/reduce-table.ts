import type { Key } from '../../terminal/terminal-event.ts';
import type { Analysis } from '../analysis.ts';
import { type AppEvent, isInput, type NewsEvent } from '../app-event.ts';
import { following } from '../parts/following.ts';
import { insideFrame } from '../parts/inside-frame.ts';
import { fitList, type ListSize, listStart, moveList } from '../parts/list-state.ts';
import { scrolled } from '../parts/scroll-state.ts';
import type { Line } from '../parts/span.ts';
import type { Request } from '../request.ts';
import type { ScreenContext } from '../screen.ts';
import { type Step, step } from '../step.ts';
import { tableLayout } from './table-layout.ts';
import { rowAtCursor, type TableRow, type TableState } from './table-state.ts';

/** What makes a table out of a plan. */
export interface TableKind<Row, Filter> {
  readonly filters: readonly Filter[];
  readonly rowsOf: (analysis: Analysis, filter: Filter) => readonly Row[];
  readonly detailsOf: DetailsOf<Row>;
}

/** All that is known about a row, in lines of at most `columns` cells where words allow. */
export type DetailsOf<Row> = (row: Row, analysis: Analysis, columns: number) => Details;

/** What is said of one row. */
export interface Details {
  /** Safe to show. */
  readonly title: string;
  readonly lines: readonly Line[];
}

/** What all tables have in common; undefined for a key that means nothing in them. */
export function reduceTable<Row extends TableRow, Filter extends string>(
  state: TableState<Row, Filter>,
  event: AppEvent,
  { kind, context }: { readonly kind: TableKind<Row, Filter>; readonly context: ScreenContext },
): Step<TableState<Row, Filter>> | undefined {
  if (!isInput(event)) return step(hearTable(state, event, { kind, context }));
  if (event.kind === 'paste') return undefined;
  const { key } = event;
  const row = rowAtCursor(state);
  if (key === 'v') return step(closeDetails(state), jumpRequest(row));
  if (key === 'x') return step(state, explainRequest(row));
  if (state.detailsTop !== undefined) return scrollDetails(state, key, { kind, context });
  const list = moveList(state.list, key, tableSize(state.rows, context));
  if (list) return step({ ...state, list });
  switch (key) {
    case 'enter':
      return step(state, context.isWizard ? { do: 'next' } : jumpRequest(row));
    case 'tab':
    case 'shift-tab':
      return step(row ? { ...state, detailsTop: 0 } : state);
    case 'f': {
      const { analysis } = context.session;
      const filter = following(kind.filters, state.filter);
      const rows = analysis ? kind.rowsOf(analysis, filter) : [];
      return step({ ...state, filter, rows, list: listStart });
    }
    default:
      return undefined;
  }
}

function scrollDetails<Row extends TableRow, Filter extends string>(
  state: TableState<Row, Filter>,
  key: Key,
  { kind, context }: { readonly kind: TableKind<Row, Filter>; readonly context: ScreenContext },
): Step<TableState<Row, Filter>> | undefined {
  if (CLOSING.has(key)) return step(closeDetails(state));
  const row = rowAtCursor(state);
  const { analysis } = context.session;
  if (!row || !analysis) return undefined;
  const { columns, rows } = insideFrame(context.area);
  const count = kind.detailsOf(row, analysis, columns).lines.length;
  const top = scrolled(state.detailsTop ?? 0, key, { count, rows });
  return top === undefined ? undefined : step({ ...state, detailsTop: top });
}

const CLOSING: ReadonlySet<Key> = new Set(['escape', 'tab', 'shift-tab', 'enter', 'q']);

function closeDetails<State extends TableState<TableRow, string>>({
  detailsTop: _closed,
  ...state
}: State): Omit<State, 'detailsTop'> {
  return state;
}

function hearTable<Row extends TableRow, Filter extends string>(
  state: TableState<Row, Filter>,
  event: NewsEvent,
  { kind, context }: { readonly kind: TableKind<Row, Filter>; readonly context: ScreenContext },
): TableState<Row, Filter> {
  const { analysis } = context.session;
  const isNew = event.kind === 'planned' && analysis;
  const rows = isNew ? kind.rowsOf(analysis, state.filter) : state.rows;
  return { ...state, rows, list: fitList(state.list, tableSize(rows, context)) };
}

/** The names of the columns stand above the rows. */
export const HEADER_ROWS = 1;

/** All rows, and how many of them the frame shows below the names of the columns. */
export function tableSize(rows: readonly unknown[], { area }: ScreenContext): ListSize {
  return { count: rows.length, rows: insideFrame(tableLayout(area).table).rows - HEADER_ROWS };
}

function jumpRequest(row: TableRow | undefined): Request {
  if (!row) return { do: 'say', text: 'there is nothing to show' };
  return row.path === undefined
    ? { do: 'say', text: 'this is about no file of the archive' }
    : { do: 'jump', path: row.path };
}

function explainRequest(row: TableRow | undefined): Request {
  return row && row.rules.length > 0
    ? { do: 'explain', rules: row.rules }
    : { do: 'say', text: 'no finding is about this row' };
}
