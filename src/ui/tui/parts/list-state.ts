import type { Key } from '../../terminal/terminal-event.ts';

/** Where one is in a list of any length, of which a window is shown. */
export interface ListState {
  readonly cursor: number;
  /** The first row of the window. */
  readonly top: number;
}

/** How many rows the list has, and how many of them the window shows. */
export interface ListSize {
  readonly count: number;
  readonly rows: number;
}

export const listStart: ListState = { cursor: 0, top: 0 };

/** The list after a key that moves in it; undefined for any other key. */
export function moveList(list: ListState, key: Key, size: ListSize): ListState | undefined {
  const target = targetOf(list.cursor, key, size);
  return target === undefined ? undefined : moveTo(list, target, size);
}

/** The list with its cursor on a row, or on the one that is nearest to it, and the window around it. */
export function moveTo(list: ListState, cursor: number, { count, rows }: ListSize): ListState {
  const row = clamp(cursor, count - 1);
  const height = Math.max(1, rows);
  const top = clamp(list.top, count - height);
  if (row < top) return { cursor: row, top: row };
  return { cursor: row, top: Math.max(top, row - height + 1) };
}

/** The same list in a window that may have changed. */
export function fitList(list: ListState, size: ListSize): ListState {
  return moveTo(list, list.cursor, size);
}

function targetOf(cursor: number, key: Key, { count, rows }: ListSize): number | undefined {
  const page = Math.max(1, rows - 1);
  switch (key) {
    case 'down':
    case 'j':
      return cursor + 1;
    case 'up':
    case 'k':
      return cursor - 1;
    case 'pageDown':
    case 'ctrl-f':
      return cursor + page;
    case 'pageUp':
    case 'ctrl-b':
      return cursor - page;
    case 'home':
    case 'g':
      return 0;
    case 'end':
    case 'G':
      return count - 1;
    default:
      return undefined;
  }
}

function clamp(value: number, last: number): number {
  return Math.max(0, Math.min(value, last));
}
