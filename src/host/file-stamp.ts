import type { Stats } from 'node:fs';

/** By this a file is known again: whoever changes it changes one of these. Times in milliseconds since the epoch. */
export interface FileStamp {
  readonly ino: number;
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
}

/** The stamp of a file by what stat(2) says of it. */
export function stampOf({ ino, size, mtimeMs, ctimeMs }: Stats): FileStamp {
  return { ino, size, mtimeMs, ctimeMs };
}

/** Whether it is the same file with the same content, as far as can be told without reading it. */
export function isSameStamp(a: FileStamp, b: FileStamp): boolean {
  const isSameContent = a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs;
  return isSameContent && a.ino === b.ino;
}
