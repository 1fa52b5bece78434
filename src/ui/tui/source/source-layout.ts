import { insideFrame } from '../parts/inside-frame.ts';
import { labelledLines } from '../parts/labelled-lines.ts';
import type { Line } from '../parts/span.ts';
import { type Area, isHigh, isWide } from '../viewport.ts';

/** Where the parts of the Source screen are, with their frames. */
interface SourceLayout {
  readonly field: Area;
  readonly list: Area;
  readonly details: Area;
}

const FIELD_ROWS = 3;
const DETAILS_ROWS = 4;
/** Where there is little room: what a row is stands in the row too. */
const FEW_DETAILS_ROWS = 3;
/** A list with one row. */
const LEAST_LIST_ROWS = 3;

/** @param problem is read to its end before anything else is of interest */
export function sourceLayout(area: Area, problem?: string): SourceLayout {
  const { columns, rows } = area;
  const field = { columns, rows: FIELD_ROWS };
  const rest = Math.max(1, rows - FIELD_ROWS);
  if (!isWide(area)) {
    const usual = isHigh(area) ? DETAILS_ROWS : FEW_DETAILS_ROWS;
    const needed = problem === undefined ? 0 : problemLines(problem, area).length + 2;
    const details = Math.max(usual, Math.min(needed, rest - LEAST_LIST_ROWS));
    return {
      field,
      list: { columns, rows: Math.max(1, rest - details) },
      details: { columns, rows: details },
    };
  }
  const left = Math.floor(columns * 0.6);
  return {
    field,
    list: { columns: left, rows: rest },
    details: { columns: columns - left, rows: rest },
  };
}

/** Why something could not be read, inside the details' frame. */
export function problemLines(problem: string, details: Area): Line[] {
  return labelledLines([['problem', problem, 'error']], insideFrame(details).columns);
}
