import { largest } from '../../../largest.ts';
import type { Key } from '../../terminal/terminal-event.ts';
import { type ListSize, moveList } from './list-state.ts';
import { type Line, lineWidth } from './span.ts';

/** The first line that is shown after a key that scrolls; undefined for any other key. */
export function scrolled(top: number, key: Key, { count, rows }: ListSize): number | undefined {
  const last = Math.max(0, count - rows);
  // The list of all first lines, which has no window of its own.
  const moved = moveList({ cursor: Math.min(top, last), top: 0 }, key, { count: last + 1, rows });
  return moved?.cursor;
}

/** How far the keys move lines that are wider than their window, in columns. */
const COLUMNS_AT_ONCE = 8;

/** The first column that is shown after a key that scrolls aside; undefined for any other key. */
export function scrolledAside(
  left: number,
  key: Key,
  { lines, columns }: { readonly lines: readonly Line[]; readonly columns: number },
): number | undefined {
  if (key === 'left' || key === 'h') return Math.max(0, left - COLUMNS_AT_ONCE);
  if (key !== 'right' && key !== 'l') return undefined;
  const hidden = largest(lines.map(lineWidth), 0) - columns;
  return hidden > left ? left + COLUMNS_AT_ONCE : left;
}
