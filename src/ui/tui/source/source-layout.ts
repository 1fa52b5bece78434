import { type Area, isHigh, isWide } from '../viewport.ts';

/** Where the parts of the Source screen are, with their frames. */
export interface SourceLayout {
  readonly field: Area;
  readonly list: Area;
  readonly details: Area;
}

const FIELD_ROWS = 3;
const DETAILS_ROWS = 4;
/** Where there is little room: what a row is stands in the row too. */
const FEW_DETAILS_ROWS = 3;

export function sourceLayout(area: Area): SourceLayout {
  const { columns, rows } = area;
  const field = { columns, rows: FIELD_ROWS };
  const rest = Math.max(1, rows - FIELD_ROWS);
  if (!isWide(area)) {
    const details = isHigh(area) ? DETAILS_ROWS : FEW_DETAILS_ROWS;
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
