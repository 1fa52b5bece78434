import { commandRows } from '../parts/command-layout.ts';
import { type Area, isHigh, isWide } from '../viewport.ts';

/** Where the parts of the Options screen are, with their frames. */
interface OptionsLayout {
  readonly list: Area;
  readonly details: Area;
  readonly command: Area;
}

/** @param area what the shell leaves to the screen */
export function optionsLayout(area: Area): OptionsLayout {
  const { columns, rows } = area;
  const command = { columns, rows: commandRows(area) };
  const rest = Math.max(1, rows - command.rows);
  if (isWide(area)) {
    const left = Math.floor(columns * 0.55);
    return {
      list: { columns: left, rows: rest },
      details: { columns: columns - left, rows: rest },
      command,
    };
  }
  const details = { columns, rows: isHigh(area) ? 6 : 5 };
  return { list: { columns, rows: Math.max(1, rest - details.rows) }, details, command };
}
