import type { ScreenContext } from '../screen.ts';
import type { TableState } from '../table/table-state.ts';
import { TableView } from '../table/table-view.tsx';
import { findingDetails, findingHeader, findingLine } from './finding-line.ts';
import type { FindingFilter, FindingRow } from './finding-rows.ts';

interface FindingsProps {
  readonly state: TableState<FindingRow, FindingFilter>;
  readonly context: ScreenContext;
}

export function FindingsScreen({ state, context }: FindingsProps) {
  const { analysis } = context.session;
  if (!analysis) return null;
  return (
    <TableView
      title="Findings"
      state={state}
      analysis={analysis}
      context={context}
      header={findingHeader}
      line={findingLine}
      details={findingDetails}
      empty="nothing was found"
    />
  );
}
