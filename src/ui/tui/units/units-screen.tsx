import type { ScreenProps } from '../screen.ts';
import { TableView } from '../table/table-view.tsx';
import { unitDetails } from './unit-details.ts';
import { unitHeader, unitLine } from './unit-line.ts';
import type { UnitsState } from './units.ts';

export function UnitsScreen({ state, context }: ScreenProps<UnitsState>) {
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
