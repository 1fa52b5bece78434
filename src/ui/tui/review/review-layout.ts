import type { Area } from '../viewport.ts';

/** Where the parts of the Review screen are, with their frames. */
export interface ReviewLayout {
  readonly text: Area;
  readonly command: Area;
}

/** Below this height the command has one line. */
const ROWS_FOR_MORE = 17;

export function reviewLayout({ columns, rows }: Area): ReviewLayout {
  const command = { columns, rows: rows >= ROWS_FOR_MORE ? 5 : 3 };
  return { text: { columns, rows: Math.max(1, rows - command.rows) }, command };
}
