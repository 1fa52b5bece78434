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
  return (
    <TableView
      title="Findings"
      filter={state.filter}
      rows={state.rows}
      list={state.list}
      context={context}
      header={findingHeader}
      line={findingLine}
      details={findingDetails}
      detailsTitle={({ found }) => `${found.ruleId} ${found.slug}`}
      empty="nothing was found"
    />
  );
}
