/** The size of the terminal, in cells. */
export interface Viewport {
  readonly columns: number;
  readonly rows: number;
}

/** The part of the viewport that something may fill, in cells. */
export type Area = Viewport;

/** From this height of a screen on there is room for frames around small things. */
const HIGH_ROWS = 17;
/** Below this size nothing but one line is shown. */
const SMALLEST: Viewport = { columns: 60, rows: 16 };
/** From this width on lists have their details beside them. */
const WIDE_COLUMNS = 100;

/**
 * The part that is painted. Ink wipes the terminal's scrollback with every frame that is as tall as the terminal, so the
 * last row stays empty.
 */
export function paintedArea({ columns, rows }: Viewport): Area {
  return { columns: Math.max(1, columns), rows: Math.max(1, rows - 1) };
}

export function isTooSmall({ columns, rows }: Viewport): boolean {
  return columns < SMALLEST.columns || rows < SMALLEST.rows;
}

export function isWide({ columns }: Viewport): boolean {
  return columns >= WIDE_COLUMNS;
}

export function isHigh({ rows }: Area): boolean {
  return rows >= HIGH_ROWS;
}

/** What the shell leaves to a screen: it has two lines above, the message and the keys below. */
export function screenArea(viewport: Viewport): Area {
  const { columns, rows } = paintedArea(viewport);
  return { columns, rows: Math.max(1, rows - 4) };
}
