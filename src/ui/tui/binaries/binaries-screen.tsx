import type { ScreenProps } from '../screen.ts';
import { TableView } from '../table/table-view.tsx';
import type { BinariesState } from './binaries.ts';
import { binaryDetails } from './binary-details.ts';
import { binaryHeader, binaryLine } from './binary-line.ts';

export function BinariesScreen({ state, context }: ScreenProps<BinariesState>) {
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
