import { posix } from 'node:path';
import type { Entry } from '../analyze/entry.ts';

/** Linux gives up after 40 links (ELOOP), so nothing that worked needs more. */
const MAX_LINKS = 40;

/**
 * Follows `path` through the image's own links as if the image were the root file system.
 * @returns path of the entry that is meant, undefined when the image has none or the links go in circles
 */
export function resolveInImage(
  entries: ReadonlyMap<string, Entry>,
  path: string,
): string | undefined {
  // The component that comes next is the last.
  const pending = path.split('/').reverse();
  let resolved = '';
  let links = 0;
  for (let component = pending.pop(); component !== undefined; component = pending.pop()) {
    const next = resolved === '' ? component : `${resolved}/${component}`;
    const entry = entries.get(next);
    if (!entry) return undefined;
    if (entry.kind === 'symlink') {
      links += 1;
      if (links > MAX_LINKS) return undefined;
      const target = linkTarget(next, entry.target);
      if (target === undefined) return undefined;
      if (target !== '') pending.push(...target.split('/').reverse());
      resolved = '';
    } else {
      resolved = next;
    }
  }
  return resolved === '' ? undefined : resolved;
}

/**
 * The path inside the image that a link at `from` names, `..` resolved; undefined when it climbs out.
 * An absolute target is taken from the image's root.
 */
export function linkTarget(from: string, target: string): string | undefined {
  const directory = posix.dirname(from);
  const isAbsolute = target.startsWith('/');
  if (!isAbsolute && climbsOut(directory, target)) return undefined;
  const path = posix.normalize(isAbsolute ? target : `/${directory}/${target}`);
  return path.replace(/^\/+|\/+$/g, '');
}

function climbsOut(directory: string, target: string): boolean {
  let depth = directory === '.' ? 0 : directory.split('/').length;
  for (const component of target.split('/')) {
    if (component === '..') depth -= 1;
    else if (component !== '.' && component !== '') depth += 1;
    if (depth < 0) return true;
  }
  return false;
}
