import { type Area, isWide } from '../viewport.ts';

/** Where the parts of the Options screen are, with their frames. */
export interface OptionsLayout {
  readonly list: Area;
  readonly details: Area;
  readonly command: Area;
}

/** Below this height each of the lower frames has one line. */
const ROWS_FOR_MORE = 17;

export function optionsLayout({ columns, rows }: Area): OptionsLayout {
  const isHigh = rows >= ROWS_FOR_MORE;
  const command = { columns, rows: isHigh ? 4 : 3 };
  const rest = Math.max(1, rows - command.rows);
  if (isWide({ columns, rows })) {
    const left = Math.floor(columns * 0.55);
    return {
      list: { columns: left, rows: rest },
      details: { columns: columns - left, rows: rest },
      command,
    };
  }
  const details = { columns, rows: isHigh ? 6 : 3 };
  return { list: { columns, rows: Math.max(1, rest - details.rows) }, details, command };
}
