import { safeText } from '../../safe-text.ts';
import { wrapText } from '../../wrap-text.ts';

/** Fits every terminal, and a braille display shows it in few pieces. */
const WIDTH = 79;

/** `   7  text`, and what does not fit below it. The text becomes safe to show. */
export function numbered(number: number | string, text: string): string[] {
  const label = `${String(number).padStart(4)}  `;
  return hanging(label, text);
}

/** Text below a question, indented. */
export function indented(text: string): string[] {
  return hanging('      ', text);
}

/** A paragraph at the left edge. */
export function paragraph(text: string): string[] {
  return wrapText(safeText(text), { width: WIDTH });
}

function hanging(label: string, text: string): string[] {
  const [first = '', ...rest] = wrapText(safeText(text), { width: WIDTH - label.length });
  return [label + first, ...rest.map(line => ' '.repeat(label.length) + line)];
}

/** The item that a number from 1 on means; undefined for any other text. */
export function itemAt<T>(items: readonly T[], answer: string, from = 1): T | undefined {
  return /^\d{1,6}$/.test(answer) ? items[Number(answer) - from] : undefined;
}
