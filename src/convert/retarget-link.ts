import { posix } from 'node:path';
import { findTorcxReferences } from '../analyze/torcx-reference.ts';
import { linkTarget } from './image-links.ts';
import type { PathMap } from './path-map.ts';

export interface LinkMove {
  /** Path of the link in the archive and in the extension. */
  readonly from: string;
  readonly to: string;
  readonly target: string;
  /** Torcx's name of the image, as in `/run/torcx/unpack/NAME`. */
  readonly imageName: string;
}

/**
 * The target that makes a moved link mean the same file. Undefined: it needs Torcx's directories, and what it means is
 * not in this image.
 */
export function retargetLink(move: LinkMove, map: PathMap): string | undefined {
  const { from, to, target, imageName } = move;
  if (target.startsWith('/')) return retargetAbsolute(target, imageName, map);
  const inside = linkTarget(from, target);
  const final = inside === undefined ? undefined : map.finalPath(inside);
  if (final === undefined) return target;
  const stillRight = posix.normalize(`/${posix.dirname(to)}/${target}`) === final;
  return stillRight ? target : posix.relative(posix.dirname(`/${to}`), final);
}

function retargetAbsolute(target: string, imageName: string, map: PathMap): string | undefined {
  const [reference] = findTorcxReferences(target);
  if (!reference) {
    return propagated(target) ?? map.finalPath(target.replace(/^\/+/, '')) ?? target;
  }
  const { meaning } = reference;
  if (meaning.kind === 'bin' && meaning.name !== undefined) return map.finalBin(meaning.name);
  if (meaning.kind !== 'unpack' || meaning.image !== imageName) return undefined;
  return meaning.path === undefined ? undefined : map.finalPath(meaning.path);
}

/** Directories under /run that Torcx copied assets to, and where an extension has them. */
const PROPAGATED: readonly (readonly [string, string])[] = [
  ['/run/systemd/system/', '/usr/lib/systemd/system/'],
  ['/run/systemd/network/', '/usr/lib/systemd/network/'],
  ['/run/udev/rules.d/', '/usr/lib/udev/rules.d/'],
  ['/run/sysusers.d/', '/usr/lib/sysusers.d/'],
  ['/run/tmpfiles.d/', '/usr/lib/tmpfiles.d/'],
];

function propagated(target: string): string | undefined {
  const match = PROPAGATED.find(([directory]) => target.startsWith(directory));
  return match && match[1] + target.slice(match[0].length);
}
