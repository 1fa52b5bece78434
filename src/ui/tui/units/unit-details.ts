import { startWords } from '../../unit-lines.ts';
import { type Analysis, findingsOf } from '../analysis.ts';
import { diffLines } from '../parts/diff-lines.ts';
import { findingFact } from '../parts/finding-fact.ts';
import { type Labelled, labelledLines } from '../parts/labelled-lines.ts';
import { screenText } from '../parts/screen-text.ts';
import { lineOf } from '../parts/span.ts';
import type { Details } from '../table/reduce-table.ts';
import type { UnitTableRow } from './unit-rows.ts';

/** What starts a unit and why, what it needs, and what changes in it. */
export function unitDetails(
  { path, unit }: UnitTableRow,
  analysis: Analysis,
  columns: number,
): Details {
  const starters = startWords(unit);
  const facts: readonly Labelled[] = [
    ...(starters === '' ? [] : [['started by', starters] as const]),
    ...unit.startedBy.map(({ reason }): Labelled => ['because', reason]),
    ...findingsOf(analysis, path).map(findingFact),
    ['goes to', unit.to],
    ...unit.needs.map(({ key, units }): Labelled => [key, units.join(' ')]),
  ];
  const rewrite = analysis.report.rewrites.find(({ from }) => from === path);
  const changes = rewrite ? [lineOf(''), ...diffLines(rewrite.diff)] : [];
  return { title: screenText(path), lines: [...labelledLines(facts, columns), ...changes] };
}
