import type { Charset } from '../../../../src/ui/charset.ts';
import type { AppState } from '../../../../src/ui/tui/app-state.ts';
import type { Viewport } from '../../../../src/ui/tui/viewport.ts';

export interface TestTerminal extends Viewport {
  /** UTF-8 unless given. */
  readonly charset?: Charset;
}

/** On which every screen has a committed frame. */
export const TERMINALS: readonly (TestTerminal & { readonly name: string })[] = [
  { name: '80x24', columns: 80, rows: 24 },
  { name: '120x40', columns: 120, rows: 40 },
  { name: '60x16', columns: 60, rows: 16 },
  { name: '80x24-ascii', columns: 80, rows: 24, charset: 'ascii' },
];

/** What the interface is told of it. */
export function facts({
  columns,
  rows,
  charset = 'utf8',
}: TestTerminal): Pick<AppState, 'viewport' | 'charset'> {
  return { viewport: { columns, rows }, charset };
}
