import stringWidth from 'string-width';
import { expect } from 'vitest';
import type { TestTerminal } from './test-terminal.ts';

/** No line is wider than the terminal, its last row stays free, and there is nothing that it could not show. */
export function assertFits(frame: string, { columns, rows, charset }: TestTerminal): void {
  const lines = frame.replace(/\n$/, '').split('\n');
  expect(lines.length, 'height').toBeLessThanOrEqual(Math.max(1, rows - 1));
  const widest = lines.reduce((a, b) => (stringWidth(a) < stringWidth(b) ? b : a));
  expect(stringWidth(widest), widest).toBeLessThanOrEqual(columns);
  if (charset === 'ascii') expect(frame).toMatch(/^[\n -~]*$/);
}
