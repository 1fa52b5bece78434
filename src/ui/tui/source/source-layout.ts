import { type Area, isWide } from '../viewport.ts';

/** Where the parts of the Source screen are, with their frames. */
export interface SourceLayout {
  readonly field: Area;
  readonly list: Area;
  readonly details: Area;
}

const FIELD_ROWS = 3;
const NARROW_DETAILS_ROWS = 4;

export function sourceLayout({ columns, rows }: Area): SourceLayout {
  const field = { columns, rows: FIELD_ROWS };
  const rest = Math.max(1, rows - FIELD_ROWS);
  if (!isWide({ columns, rows })) {
    return {
      field,
      list: { columns, rows: Math.max(1, rest - NARROW_DETAILS_ROWS) },
      details: { columns, rows: NARROW_DETAILS_ROWS },
    };
  }
  const left = Math.floor(columns * 0.6);
  return {
    field,
    list: { columns: left, rows: rest },
    details: { columns: columns - left, rows: rest },
  };
}
