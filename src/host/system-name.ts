import { isUtf8Name, pathBytes } from '../path-text.ts';

/** A path as the system gets it. Names are bytes; only for those that are no UTF-8 that makes a difference. */
export function systemName(path: string): string | Buffer {
  return isUtf8Name(path) ? path : Buffer.from(pathBytes(path));
}
