import stringWidth from 'string-width';
import { expect } from 'vitest';
import type { Viewport } from '../../../../src/ui/tui/viewport.ts';

/** No line is wider than the terminal, and its last row stays free. */
export function assertFits(frame: string, { columns, rows }: Viewport): void {
  const lines = frame.replace(/\n$/, '').split('\n');
  expect(lines.length, 'height').toBeLessThanOrEqual(Math.max(1, rows - 1));
  const widest = lines.reduce((a, b) => (stringWidth(a) < stringWidth(b) ? b : a));
  expect(stringWidth(widest), widest).toBeLessThanOrEqual(columns);
}
