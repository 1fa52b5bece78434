import type { Answers } from '../../../command-line/answers.ts';
import { baseName } from '../../../path-names.ts';
import { startWords } from '../../unit-lines.ts';
import type { Analysis } from '../analysis.ts';
import { findingSpan } from '../parts/finding-span.ts';
import { fitText } from '../parts/fit-text.ts';
import { screenText } from '../parts/screen-text.ts';
import type { Line } from '../parts/span.ts';
import { isStarted, type UnitTableRow } from './unit-rows.ts';

const CHANGES_CELLS = 7;
const FINDING_CELLS = 5;
/** `[x]`, and the mark of a choice behind it. */
const CHECK_CELLS = 5;

/** The names of the columns, in the cells of {@link unitLine}. */
export function unitHeader(columns: number): string {
  const { name, starter } = cellsFor(columns);
  return `${fitText('BOOT', CHECK_CELLS)}${fitText('UNIT', name)} ${fitText('STARTED BY', starter)} ${fitText('CHANGES', CHANGES_CELLS)} E W I`;
}

interface UnitLineInput {
  readonly analysis: Analysis;
  readonly choices: Answers;
  readonly columns: number;
}

/** One unit: whether boot starts it, what does, and how much of it changes. */
export function unitLine(row: UnitTableRow, { analysis, choices, columns }: UnitLineInput): Line {
  const { path, unit } = row;
  const { name, starter } = cellsFor(columns);
  const file = baseName(path);
  const changes = unit.edits === 0 ? '' : String(unit.edits);
  return [
    { text: fitText(checkText(row, choices), CHECK_CELLS), tone: 'accent' },
    { text: fitText(screenText(file), name) },
    { text: ` ${fitText(screenText(startWords(unit)), starter)}`, tone: 'faint' },
    { text: ` ${fitText(changes, CHANGES_CELLS)} `, tone: 'warning' },
    findingSpan(analysis.nodes.get(path)?.tally, FINDING_CELLS),
  ];
}

/** A choice has a mark: the box says what the plan makes of it. */
function checkText(row: UnitTableRow, { enable, noEnable }: Answers): string {
  if (row.name === undefined) return '';
  const isChosen = enable.includes(row.name) || noEnable.includes(row.name);
  return `[${isStarted(row) ? 'x' : ' '}]${isChosen ? '*' : ''}`;
}

function cellsFor(columns: number): { readonly name: number; readonly starter: number } {
  const room = Math.max(16, columns - CHECK_CELLS - CHANGES_CELLS - FINDING_CELLS - 3);
  const name = Math.ceil(room * 0.52);
  return { name, starter: room - name };
}
