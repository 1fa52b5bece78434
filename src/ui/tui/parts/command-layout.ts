import { type Area, isHigh } from '../viewport.ts';
import { insideFrame } from './inside-frame.ts';

/** A screen with a text above and the equivalent command below, with their frames. */
interface CommandLayout {
  readonly text: Area;
  /** What the text's frame leaves to it. */
  readonly inside: Area;
  readonly command: Area;
}

/** @param area what the shell leaves to the screen */
export function commandLayout(area: Area): CommandLayout {
  const { columns, rows } = area;
  const command = { columns, rows: commandRows(area) };
  const text = { columns, rows: Math.max(1, rows - command.rows) };
  return { text, inside: insideFrame(text), command };
}

/** How high the frame with the command is: where there is little room it is a line without a frame. */
export function commandRows(area: Area): number {
  if (!isHigh(area)) return 1;
  return area.rows < MANY_ROWS ? 4 : 5;
}

const MANY_ROWS = 30;
