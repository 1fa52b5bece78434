import { Box } from 'ink';
import type { Analysis } from '../analysis.ts';
import { Frame } from '../parts/frame.tsx';
import { insideFrame } from '../parts/inside-frame.ts';
import { Lines } from '../parts/lines.tsx';
import { fitList } from '../parts/list-state.ts';
import { moreBelow } from '../parts/more-below.ts';
import { type Line, lineOf } from '../parts/span.ts';
import type { ScreenContext } from '../screen.ts';
import { type Area, isWide } from '../viewport.ts';
import { type Details, type DetailsOf, HEADER_ROWS, tableSize } from './reduce-table.ts';
import { tableLayout } from './table-layout.ts';
import { rowAtCursor, type TableRow, type TableState } from './table-state.ts';

interface TableViewProps<Row extends TableRow> {
  /** Safe to show. */
  readonly title: string;
  readonly state: TableState<Row, string>;
  readonly analysis: Analysis;
  readonly context: ScreenContext;
  /** The names of the columns. */
  readonly header: (columns: number) => string;
  readonly line: (row: Row, columns: number) => Line;
  readonly details: DetailsOf<Row>;
  /** Instead of rows, when there are none at all. */
  readonly empty: string;
}

/** A table of any length, of which only the window is made, and beside it what is known about one row. */
export function TableView<Row extends TableRow>(props: TableViewProps<Row>) {
  const { state, context, analysis, details } = props;
  const { area } = context;
  const layout = tableLayout(area);
  const row = rowAtCursor(state);
  const detailsIn = (place: Area) =>
    row ? details(row, analysis, insideFrame(place).columns) : NO_DETAILS;
  if (state.detailsTop !== undefined) {
    return <DetailsFrame {...detailsIn(area)} top={state.detailsTop} area={area} isFocused />;
  }
  return (
    <Box flexDirection={isWide(area) ? 'row' : 'column'}>
      <TableFrame {...props} area={layout.table} />
      {layout.details && <DetailsFrame {...detailsIn(layout.details)} area={layout.details} />}
    </Box>
  );
}

const NO_DETAILS: Details = { title: '', lines: [] };

interface DetailsFrameProps extends Details {
  readonly top?: number;
  readonly area: Area;
  readonly isFocused?: boolean;
}

function DetailsFrame({ title, lines, top = 0, area, isFocused = false }: DetailsFrameProps) {
  const inside = insideFrame(area);
  const first = Math.max(0, Math.min(top, lines.length - inside.rows));
  const more = moreBelow(lines.length - first - inside.rows);
  return (
    <Frame title={title} note={more} area={area} isFocused={isFocused}>
      <Lines lines={lines.slice(first)} area={inside} />
    </Frame>
  );
}

function TableFrame<Row extends TableRow>({
  title,
  state,
  context,
  header,
  line,
  empty,
  area,
}: TableViewProps<Row> & { readonly area: Area }) {
  const { rows, filter } = state;
  const inside = insideFrame(area);
  const columns = Math.max(0, inside.columns - 1);
  const { cursor, top } = fitList(state.list, tableSize(rows, context));
  const window = rows.slice(top, top + Math.max(0, inside.rows - HEADER_ROWS));
  const place = rows.length === 0 ? 'none' : `${cursor + 1} of ${rows.length}`;
  const nothing = filter === 'all' ? empty : 'nothing with this filter; f shows the next one';
  const lines =
    window.length === 0
      ? [lineOf(''), lineOf(` ${nothing}`, 'faint')]
      : [
          lineOf(` ${header(columns)}`, 'faint'),
          ...window.map((row, index) => rowLine(line(row, columns), top + index === cursor)),
        ];
  return (
    <Frame title={`${title}  ${place}  filter: ${filter}`} area={area} isFocused>
      <Lines lines={lines} area={inside} />
    </Frame>
  );
}

function rowLine(spans: Line, isSelected: boolean): Line {
  if (!isSelected) return [{ text: ' ' }, ...spans];
  return [{ text: '>' }, ...spans].map(({ text }) => ({ text, tone: 'selected' as const }));
}
