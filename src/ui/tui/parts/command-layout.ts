import type { Area } from '../viewport.ts';
import { insideFrame } from './inside-frame.ts';

/** A screen with a text above and the equivalent command below, with their frames. */
export interface CommandLayout {
  readonly text: Area;
  /** What the text's frame leaves to it. */
  readonly inside: Area;
  readonly command: Area;
}

/** Below this height the command has one line. */
const ROWS_FOR_MORE = 17;

export function commandLayout({ columns, rows }: Area): CommandLayout {
  const command = { columns, rows: rows >= ROWS_FOR_MORE ? 5 : 3 };
  const text = { columns, rows: Math.max(1, rows - command.rows) };
  return { text, inside: insideFrame(text), command };
}
