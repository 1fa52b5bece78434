import type { Entry } from '../analyze/entry.ts';
import { parentsOf } from '../path-names.ts';
import { absoluteTarget } from './absolute-target.ts';
import { resolveInImage } from './image-links.ts';
import { mergedPath } from './merged-path.ts';
import type { Step } from './step.ts';
import { stepLink } from './step-link.ts';

/** The trees before and after the move: whether there is a file or directory at a path without a leading slash. */
export interface Trees {
  hasBefore(path: string): boolean;
  hasAfter(path: string): boolean;
}

/** The image as Torcx unpacked it and the extension as the steps make it. */
export function treesOf(entries: ReadonlyMap<string, Entry>, steps: readonly Step[]): Trees {
  const placed = new Set(steps.flatMap(step => (step.do === 'drop' ? [] : [step.to])));
  const parents = new Set<string>();
  for (const path of placed) {
    for (const parent of parentsOf(path)) {
      if (parents.has(parent)) break; // And with it all that it lies in.
      parents.add(parent);
    }
  }
  const links = linksOf(steps);
  const hasAfter = (path: string, hops = MAX_LINKS): boolean => {
    if (placed.has(path) || parents.has(path)) return true;
    const link = links.size > 0 ? parentsOf(path).find(parent => links.has(parent)) : undefined;
    if (link === undefined || hops === 0) return false;
    const target = absoluteTarget(link, links.get(link) ?? '');
    return hasAfter(mergedPath(target + path.slice(link.length)), hops - 1);
  };
  return {
    hasBefore: path => resolveInImage(entries, path) !== undefined,
    hasAfter: path => hasAfter(path),
  };
}

/** Linux gives up after 40 links (ELOOP). */
const MAX_LINKS = 40;

/** Symbolic links of the extension, to their targets. */
function linksOf(steps: readonly Step[]): ReadonlyMap<string, string> {
  const links = new Map<string, string>();
  for (const step of steps) {
    const target = stepLink(step);
    if (step.do !== 'drop' && target !== undefined) links.set(step.to, target);
  }
  return links;
}
