import type { ScreenProps } from '../screen.ts';
import { TableView } from '../table/table-view.tsx';
import { findingDetails, findingHeader, findingLine } from './finding-line.ts';
import type { FindingsState } from './findings.ts';

export function FindingsScreen({ state, context }: ScreenProps<FindingsState>) {
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
