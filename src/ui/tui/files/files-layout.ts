import { type Area, isWide } from '../viewport.ts';

/** Where the parts of the Files screen are; heights and widths include the frames. */
interface FilesLayout {
  readonly list: Area;
  /** Beside the list, or below it; absent where there is no room. */
  readonly details?: Area;
  /** Absent: it is only seen in full. */
  readonly preview?: Area;
}

/** The line below everything: what the letters mean, or what is searched. */
const STATUS_ROWS = 1;
/** From this height on a narrow terminal has room for the details below the list. */
const ROWS_FOR_DETAILS = 17;
const NARROW_DETAILS_ROWS = 7;

/** @param area what the shell leaves to the screen */
export function filesLayout(area: Area): FilesLayout {
  const rows = Math.max(1, area.rows - STATUS_ROWS);
  if (!isWide(area)) return narrowLayout({ ...area, rows });
  const left = Math.min(96, Math.max(54, Math.floor(area.columns * 0.46)));
  const right = area.columns - left;
  const details = Math.min(Math.max(7, Math.floor(rows * 0.45)), 18);
  return {
    list: { columns: left, rows },
    details: { columns: right, rows: details },
    preview: { columns: right, rows: Math.max(1, rows - details) },
  };
}

function narrowLayout({ columns, rows }: Area): FilesLayout {
  if (rows < ROWS_FOR_DETAILS) return { list: { columns, rows } };
  return {
    list: { columns, rows: rows - NARROW_DETAILS_ROWS },
    details: { columns, rows: NARROW_DETAILS_ROWS },
  };
}
