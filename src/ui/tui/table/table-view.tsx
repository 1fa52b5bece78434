import { Box } from 'ink';
import { Frame } from '../parts/frame.tsx';
import { insideFrame } from '../parts/inside-frame.ts';
import { Lines } from '../parts/lines.tsx';
import { fitList, type ListState } from '../parts/list-state.ts';
import { type Line, lineOf } from '../parts/span.ts';
import type { ScreenContext } from '../screen.ts';
import { isWide } from '../viewport.ts';
import { HEADER_ROWS, tableSize } from './reduce-table.ts';
import { tableLayout } from './table-layout.ts';

interface TableViewProps<Row> {
  /** Safe to show. */
  readonly title: string;
  readonly filter: string;
  readonly rows: readonly Row[];
  readonly list: ListState;
  readonly context: ScreenContext;
  /** The names of the columns. */
  readonly header: (columns: number) => string;
  readonly line: (row: Row, columns: number) => Line;
  /** What is known about the row under the cursor, besides what its line says. */
  readonly details: (row: Row, columns: number) => readonly Line[];
  readonly detailsTitle: (row: Row) => string;
  /** Instead of rows, when there are none at all. */
  readonly empty: string;
}

/** A table of any length, of which only the window is made, and beside it what is known about one row. */
export function TableView<Row>(props: TableViewProps<Row>) {
  const { title, filter, rows, context, details, detailsTitle } = props;
  const { area } = context;
  const layout = tableLayout(area);
  const { cursor, top } = fitList(props.list, tableSize(rows, context));
  const inside = insideFrame(layout.table);
  const window = rows.slice(top, top + Math.max(0, inside.rows - HEADER_ROWS));
  const selected = rows[cursor];
  const place = rows.length === 0 ? '' : `  ${cursor + 1} of ${rows.length}`;
  return (
    <Box flexDirection={isWide(area) ? 'row' : 'column'}>
      <Frame title={`${title}  filter: ${filter}${place}`} area={layout.table} isFocused>
        <Lines lines={tableLines(props, window, cursor - top)} area={inside} />
      </Frame>
      {layout.details && (
        <Frame title={selected ? detailsTitle(selected) : ''} area={layout.details}>
          <Lines
            lines={selected ? details(selected, insideFrame(layout.details).columns) : []}
            area={insideFrame(layout.details)}
          />
        </Frame>
      )}
    </Box>
  );
}

function tableLines<Row>(
  { header, line, empty, filter, context }: TableViewProps<Row>,
  window: readonly Row[],
  cursor: number,
): Line[] {
  const columns = Math.max(0, insideFrame(tableLayout(context.area).table).columns - 1);
  if (window.length === 0) {
    const text = filter === 'all' ? empty : 'nothing with this filter; f shows the next one';
    return [lineOf(''), lineOf(` ${text}`, 'faint')];
  }
  return [
    lineOf(` ${header(columns)}`, 'faint'),
    ...window.map((row, index): Line => {
      const spans = line(row, columns);
      if (index !== cursor) return [{ text: ' ' }, ...spans];
      return [{ text: '>' }, ...spans].map(({ text }) => ({ text, tone: 'selected' as const }));
    }),
  ];
}
