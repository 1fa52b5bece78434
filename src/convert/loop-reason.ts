import type { Entry } from '../analyze/entry.ts';
import { linkTarget, resolveInImage } from './image-links.ts';
import { mergedPath } from './merged-path.ts';
import { treePlace } from './tree-place.ts';

interface LoopScope {
  readonly entries: ReadonlyMap<string, Entry>;
  /** Of the extension. */
  readonly name: string;
}

/**
 * Why a symbolic link at `to` would lead to itself once `/lib` is `/usr/lib`, and hide what it means: it is
 * `lib/x -> ../usr/lib/x` for a directory of the image, or `sbin/x -> /bin/x` for a program of the host.
 * @returns undefined for every other entry
 */
export function loopReason(
  path: string,
  to: string,
  { entries, name }: LoopScope,
): string | undefined {
  const entry = entries.get(path);
  if (entry?.kind !== 'symlink') return undefined;
  const twin = resolveInImage(entries, path);
  if (twin !== undefined) {
    const isDirectory = entries.get(twin)?.kind === 'directory';
    return isDirectory && treePlace(twin, name).to === to ? twinReason(twin, to) : undefined;
  }
  const meant = linkTarget(path, entry.target);
  if (meant === undefined || mergedPath(meant) !== to) return undefined;
  return `it would lead to itself: /${meant} is /${to} of the host`;
}

/** Why a link is not in an extension that has what it leads to at its place. */
export function twinReason(twin: string, to: string): string {
  return `it is a link to ${twin}, which is /${to} now`;
}
