import type { Key } from '../../terminal/terminal-event.ts';
import { type ListSize, moveList } from './list-state.ts';

/** The first line that is shown after a key that scrolls; undefined for any other key. */
export function scrolled(top: number, key: Key, { count, rows }: ListSize): number | undefined {
  const last = Math.max(0, count - rows);
  // The list of all first lines, which has no window of its own.
  const moved = moveList({ cursor: Math.min(top, last), top: 0 }, key, { count: last + 1, rows });
  return moved?.cursor;
}
