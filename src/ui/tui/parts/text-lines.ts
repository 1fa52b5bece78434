import { cellWidth } from './fit-text.ts';
import { screenText } from './screen-text.ts';

/** Where a terminal has its tab stops. */
const TAB_CELLS = 8;

/** The lines of a text from an archive or a file, fit to be shown: escaped, with spaces for tabs. */
export function textLines(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map(line => expandTabs(line.replace(/\r$/, '')));
}

function expandTabs(line: string): string {
  const [first = '', ...rest] = line.split('\t').map(screenText);
  return rest.reduce((before, part) => {
    const gap = TAB_CELLS - (cellWidth(before) % TAB_CELLS);
    return before + ' '.repeat(gap) + part;
  }, first);
}
