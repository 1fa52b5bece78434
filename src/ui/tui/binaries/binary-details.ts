import type { Analysis } from '../analysis.ts';
import { detailsLines } from '../files/details-lines.ts';
import { screenText } from '../parts/screen-text.ts';
import type { Details } from '../table/reduce-table.ts';
import type { BinaryRow } from './binary-rows.ts';

/** The same as of the entry in Files. */
export function binaryDetails({ path }: BinaryRow, analysis: Analysis, columns: number): Details {
  const node = analysis.nodes.get(path);
  return { title: screenText(path), lines: node ? detailsLines(node, analysis, columns) : [] };
}
