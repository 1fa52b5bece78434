import { posix } from 'node:path';

/** What a link in an extension means once that is merged. */
export function absoluteTarget(to: string, target: string): string {
  return posix.normalize(target.startsWith('/') ? target : `/${posix.dirname(to)}/${target}`);
}
