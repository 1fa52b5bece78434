import type { ScreenContext } from '../screen.ts';
import type { TableState } from '../table/table-state.ts';
import { TableView } from '../table/table-view.tsx';
import { unitDetails } from './unit-details.ts';
import { unitHeader, unitLine } from './unit-line.ts';
import type { UnitFilter, UnitTableRow } from './unit-rows.ts';

interface UnitsProps {
  readonly state: TableState<UnitTableRow, UnitFilter>;
  readonly context: ScreenContext;
}

export function UnitsScreen({ state, context }: UnitsProps) {
  const { analysis, choices } = context.session;
  if (!analysis) return null;
  return (
    <TableView
      title="Units"
      state={state}
      analysis={analysis}
      context={context}
      header={unitHeader}
      line={(row, columns) => unitLine(row, { analysis, choices, columns })}
      details={unitDetails}
      empty="no unit file"
    />
  );
}
