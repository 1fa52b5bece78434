import { safeText } from './safe-text.ts';
import { wrapText } from './wrap-text.ts';

/** The width that every terminal has, and that a report in a file is read at. */
const PAGE_WIDTH = 80;

/**
 * A label and text from the archive beside it; lines after the first begin where the text begins.
 * @param painted the label with its colours
 */
export function hangingLines(label: string, text: string, painted = label): string[] {
  const indent = ' '.repeat(label.length);
  const wrapped = wrapText(safeText(text), { width: PAGE_WIDTH - label.length });
  // A first word that is too long for its line stays there: nothing is gained by an empty line before it.
  const lines = wrapped[0] === '' ? wrapped.slice(1) : wrapped;
  return lines.map((line, index) => `${index === 0 ? painted : indent}${line}`.trimEnd());
}

/** Parts that belong on one line, as long as it has room for them; the next line begins behind the label. */
export function flowingLines(label: string, parts: readonly string[]): string[] {
  const indent = ' '.repeat(label.length);
  const lines: string[] = [];
  for (const part of parts.map(safeText)) {
    const last = lines.at(-1);
    if (last === undefined) lines.push(label + part);
    else if (last.length + 2 + part.length <= PAGE_WIDTH) lines.push(`${lines.pop()}  ${part}`);
    else lines.push(indent + part);
  }
  return lines;
}
