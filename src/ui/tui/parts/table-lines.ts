import { largest } from '../../../largest.ts';
import { cellWidth, fitText } from './fit-text.ts';
import { type Line, lineOf } from './span.ts';
import { wrapCells } from './wrap-cells.ts';

const GAP = '  ';
/** Narrower columns have a word or two of a path in each line. */
const SMALLEST_COLUMN = 8;

/** A table, its head first, in lines of at most `width` cells as long as its columns allow: long cells take several. */
export function tableLines(rows: readonly (readonly string[])[], width: number): Line[] {
  const widths = columnWidths(rows, width);
  return rows.flatMap((cells, index) =>
    rowTexts(cells, widths).map(text => lineOf(text, index === 0 ? 'accent' : undefined)),
  );
}

/** The widest columns give way first. */
function columnWidths(rows: readonly (readonly string[])[], width: number): readonly number[] {
  const count = largest(
    rows.map(cells => cells.length),
    0,
  );
  const widths = Array.from({ length: count }, (_, column) =>
    rows.reduce((most, cells) => Math.max(most, cellWidth(cells[column] ?? '')), 1),
  );
  const room = width - GAP.length * (count - 1);
  for (let sum = widths.reduce((a, b) => a + b, 0); sum > room; sum -= 1) {
    const widest = Math.max(...widths);
    if (widest <= SMALLEST_COLUMN) break;
    widths[widths.indexOf(widest)] = widest - 1;
  }
  return widths;
}

function rowTexts(cells: readonly string[], widths: readonly number[]): string[] {
  const columns = widths.map((width, column) => wrapCells(cells[column] ?? '', width));
  const height = Math.max(...columns.map(lines => lines.length));
  return Array.from({ length: height }, (_, row) =>
    columns
      .map((lines, column) => fitText(lines[row] ?? '', widths[column] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
}
