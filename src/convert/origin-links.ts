import { posix } from 'node:path';
import { lostLibraries, type PlacedElf } from './library-origin.ts';
import type { PathMap } from './path-map.ts';
import type { Step } from './step.ts';
import type { Trees } from './trees.ts';

export interface OriginScope {
  /** Of the extension. */
  readonly name: string;
  readonly trees: Trees;
  readonly map: Pick<PathMap, 'finalPath'>;
}

/**
 * A program that was put aside, as `/sbin/zpool` is for the wrapper `/wrap/zpool`, looks for `$ORIGIN/../lib` in a place
 * of the extension's own, where nothing is: a link there leads to the libraries.
 */
export function originLinks(elfs: readonly PlacedElf[], scope: OriginScope): Step[] {
  const links = new Map<string, Step>();
  for (const placed of elfs) {
    for (const { before, after, libraries } of lostLibraries(placed, scope.trees)) {
      const isOurs = after.startsWith(`usr/lib/${scope.name}/`);
      if (!isOurs || scope.trees.hasAfter(after) || links.has(after)) continue;
      const places = libraries.map(library => scope.map.finalPath(`${before}/${library}`));
      const [directory, ...others] = new Set(places.map(place => place && posix.dirname(place)));
      if (directory === undefined || others.length > 0) continue;
      links.set(after, {
        do: 'create',
        to: after,
        made: { target: posix.relative(posix.dirname(`/${after}`), directory) },
        because: `/${placed.to} looks for its libraries here`,
      });
    }
  }
  return [...links.values()];
}
