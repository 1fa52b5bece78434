import { type Area, isWide } from '../viewport.ts';

/** Where the table and the details of its row are, with their frames. */
interface TableLayout {
  readonly table: Area;
  /** Absent where there is no room. */
  readonly details?: Area;
}

/** From this height on a narrow terminal has room for the details below the table. */
const ROWS_FOR_DETAILS = 15;

/** @param area what the shell leaves to the screen */
export function tableLayout(area: Area): TableLayout {
  const { columns, rows } = area;
  if (isWide(area)) {
    const left = Math.floor(columns * 0.56);
    return { table: { columns: left, rows }, details: { columns: columns - left, rows } };
  }
  if (rows < ROWS_FOR_DETAILS) return { table: area };
  const details = Math.min(10, Math.floor(rows * 0.42));
  return { table: { columns, rows: rows - details }, details: { columns, rows: details } };
}
