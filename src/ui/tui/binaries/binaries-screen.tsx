import type { ScreenContext } from '../screen.ts';
import type { TableState } from '../table/table-state.ts';
import { TableView } from '../table/table-view.tsx';
import { binaryDetails } from './binary-details.ts';
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
      state={state}
      analysis={analysis}
      context={context}
      header={binaryHeader}
      line={(row, columns) => binaryLine(row, analysis, columns)}
      details={binaryDetails}
      empty="no program, library or script"
    />
  );
}
