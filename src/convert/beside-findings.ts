import { posix } from 'node:path';
import type { Inspection } from '../analyze/inspect.ts';
import { type Finding, finding } from '../finding.ts';
import { mergedPath } from './merged-path.ts';
import type { PathMap } from './path-map.ts';

/** Scripts that look for a file relative to themselves, and one of the two has gone another way (TX607). */
export function besideFindings({ entries, facts }: Inspection, map: PathMap): Finding[] {
  return [...facts].flatMap(([from, { besides = [] }]) => {
    const to = map.placements.get(from)?.to;
    if (!to) return [];
    return besides.flatMap(path => {
      const origin = posix.join(posix.dirname(from), path);
      const final = entries.has(origin) ? map.finalPath(origin) : undefined;
      const now = mergedPath(posix.join(posix.dirname(to), path));
      if (final === undefined || final === `/${now}`) return [];
      return [
        finding('TX607', {
          path: from,
          message: `looks for ${path} from where it lies, which was ${origin} of the image; that is ${final} now, and not /${now}`,
          fix: {
            safety: 'manual',
            description: `write ${final} in the script; --image-format directory gives a tree in which that can be done, and --bake makes the image of it`,
          },
        }),
      ];
    });
  });
}
