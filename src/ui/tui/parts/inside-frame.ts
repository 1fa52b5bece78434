import type { Area } from '../viewport.ts';

/** What a frame leaves of its area. */
export function insideFrame({ columns, rows }: Area): Area {
  return { columns: Math.max(0, columns - 2), rows: Math.max(0, rows - 2) };
}
