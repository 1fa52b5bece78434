import type { Entry } from '../analyze/entry.ts';
import { parentsOf } from '../path-names.ts';
import { resolveInImage } from './image-links.ts';
import type { Step } from './step.ts';

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
  return {
    hasBefore: path => resolveInImage(entries, path) !== undefined,
    hasAfter: path => placed.has(path) || parents.has(path),
  };
}
