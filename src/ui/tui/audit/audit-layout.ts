import { insideFrame } from '../parts/inside-frame.ts';
import { type Area, isWide } from '../viewport.ts';

/** Where the parts of the audit's screen are, with their frames. */
interface AuditLayout {
  readonly list: Area;
  /** Absent where there is no room: Enter shows it in full. */
  readonly details?: Area;
}

/** The line below everything: what is searched, or what the marks mean. */
const STATUS_ROWS = 1;
/** From this height on a narrow terminal has room for the finding below the list. */
const ROWS_FOR_DETAILS = 17;

/** What a frame with a text leaves to it: a space stands before each line. */
export function textArea(area: Area): Area {
  const { columns, rows } = insideFrame(area);
  return { columns: Math.max(0, columns - 1), rows };
}

/** @param area what the shell leaves to the screen */
export function auditLayout(area: Area): AuditLayout {
  const rows = Math.max(1, area.rows - STATUS_ROWS);
  if (isWide(area)) {
    const left = Math.min(96, Math.max(58, Math.floor(area.columns / 2)));
    return { list: { columns: left, rows }, details: { columns: area.columns - left, rows } };
  }
  if (rows < ROWS_FOR_DETAILS) return { list: { columns: area.columns, rows } };
  const details = Math.floor(rows / 2);
  return {
    list: { columns: area.columns, rows: rows - details },
    details: { columns: area.columns, rows: details },
  };
}
