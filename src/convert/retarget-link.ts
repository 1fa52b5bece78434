import { posix } from 'node:path';
import { ASSET_KINDS } from '../analyze/manifest.ts';
import { findTorcxReferences } from '../analyze/torcx-reference.ts';
import { ASSET_DIRECTORIES, RUN_DIRECTORIES } from './asset-claims.ts';
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

/** Where an extension has an asset that Torcx put at `target`, below /run. */
function propagated(target: string): string | undefined {
  const kind = ASSET_KINDS.find(candidate => target.startsWith(`${RUN_DIRECTORIES[candidate]}/`));
  return kind && `/${ASSET_DIRECTORIES[kind]}${target.slice(RUN_DIRECTORIES[kind].length)}`;
}
