import { detailsLines } from '../files/details-lines.ts';
import { screenText } from '../parts/screen-text.ts';
import type { ScreenContext } from '../screen.ts';
import type { TableState } from '../table/table-state.ts';
import { TableView } from '../table/table-view.tsx';
import { binaryHeader, binaryLine } from './binary-line.ts';
import type { BinaryFilter, BinaryRow } from './binary-rows.ts';

interface BinariesProps {
  readonly state: TableState<BinaryRow, BinaryFilter>;
  readonly context: ScreenContext;
}

export function BinariesScreen({ state, context }: BinariesProps) {
  const { analysis } = context.session;
  if (!analysis) return null;
  return (
    <TableView
      title="Binaries"
      filter={state.filter}
      rows={state.rows}
      list={state.list}
      context={context}
      header={binaryHeader}
      line={(row, columns) => binaryLine(row, analysis, columns)}
      details={({ path }, columns) => {
        const node = analysis.nodes.get(path);
        return node ? detailsLines(node, analysis, columns) : [];
      }}
      detailsTitle={({ path }) => screenText(path)}
      empty="no program, library or script"
    />
  );
}
