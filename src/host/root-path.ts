import { lstatSync, readlinkSync } from 'node:fs';
import { pathText } from '../path-text.ts';
import { errorCode } from './disk-error.ts';
import { systemName } from './system-name.ts';

/** What the kernel allows too (path_resolution(7)); more are a loop. */
const MOST_LINKS = 40;

/** Where `place`, an absolute path of the tree below `root`, lies on this disk. Nothing of it is followed. */
export function diskPathOf(root: string, place: string): string {
  return root === '/' ? place : `${root}${place}`;
}

/**
 * Follows `place`, an absolute path, as a process would that has `root` for its own root directory: no link leads out.
 * @returns the path below `root` that no link is part of; `missing` where it leads nowhere, `unknown` where a directory
 *   on the way may not be searched
 */
export function resolveInRoot(root: string, place: string): ResolvedPlace {
  const rest = partsOf(place).reverse();
  const done: string[] = [];
  let links = 0;
  for (let part = rest.pop(); part !== undefined; part = rest.pop()) {
    if (part === '..') {
      done.pop();
      continue;
    }
    const link = readLink(diskPathOf(root, `/${[...done, part].join('/')}`));
    if (link.kind === 'none') {
      done.push(part);
      continue;
    }
    if (link.kind !== 'link') return { kind: link.kind };
    links += 1;
    if (links > MOST_LINKS) return { kind: 'missing' };
    if (link.target.startsWith('/')) done.length = 0;
    rest.push(...partsOf(link.target).reverse());
  }
  return { kind: 'found', place: `/${done.join('/')}` };
}

export type ResolvedPlace =
  | { readonly kind: 'found'; readonly place: string }
  | { readonly kind: 'missing' | 'unknown' };

type Link =
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unknown' };

function readLink(diskPath: string): Link {
  const name = systemName(diskPath);
  try {
    if (!lstatSync(name).isSymbolicLink()) return { kind: 'none' };
    return { kind: 'link', target: pathText(readlinkSync(name, 'buffer')) };
  } catch (error) {
    const code = errorCode(error) ?? '';
    return NOWHERE.has(code) ? { kind: 'missing' } : { kind: 'unknown' };
  }
}

const NOWHERE: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG']);

function partsOf(path: string): string[] {
  return path.split('/').filter(part => part !== '' && part !== '.');
}
