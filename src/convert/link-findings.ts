import { posix } from 'node:path';
import { findTorcxReferences } from '../analyze/torcx-reference.ts';
import { isHostDirectory } from '../builder/sysext-rules.ts';
import { type Finding, finding } from '../finding.ts';
import { linkTarget } from './image-links.ts';
import type { Trees } from './library-origin.ts';
import { mergedPath } from './merged-path.ts';
import type { Step } from './step.ts';

export interface LinkScope {
  /** Of the extension. */
  readonly name: string;
  /** Torcx's name of the image. */
  readonly imageName: string;
  readonly trees: Trees;
}

/** Links that lead out of the image to what no host has, or to something else than under Torcx (TX608). */
export function linkFindings(steps: readonly Step[], scope: LinkScope): Finding[] {
  return steps.flatMap(step => {
    if (step.do !== 'copy' || step.entry.kind !== 'symlink') return [];
    const { path, target: original } = step.entry;
    const target = step.target ?? original;
    // A link into Torcx's directories is TX607's.
    if (findTorcxReferences(target).length > 0) return [];
    const message =
      changedMeaning({ from: path, to: step.to, target }, scope) ??
      missingTarget(step.to, target, scope);
    return message === undefined ? [] : [finding('TX608', { path, message })];
  });
}

/** A relative link that climbs out of the image counts its steps from `/run/torcx/unpack/NAME`. */
function changedMeaning(
  { from, to, target }: { from: string; to: string; target: string },
  { imageName }: LinkScope,
): string | undefined {
  if (target.startsWith('/') || linkTarget(from, target) !== undefined) return undefined;
  const before = posix.normalize(`/run/torcx/unpack/${imageName}/${posix.dirname(from)}/${target}`);
  const after = absoluteTarget(to, target);
  if (before === after) return undefined;
  return `leaves the image: ${target} led to ${before} under Torcx and leads to ${after} now`;
}

function missingTarget(to: string, target: string, scope: LinkScope): string | undefined {
  const place = absoluteTarget(to, target);
  const path = mergedPath(place);
  if (path === '' || scope.trees.hasAfter(path) || hostMayHave(path, scope)) return undefined;
  return `points to ${target}, and neither the extension nor a host has ${place}`;
}

/** Where a host keeps what an extension cannot know: anything below these may be there. */
const HOST_TOPS: ReadonlySet<string> = new Set([
  ...['boot', 'dev', 'etc', 'home', 'media', 'mnt', 'oem', 'opt', 'proc', 'root', 'run', 'srv'],
  ...['sys', 'tmp', 'usr', 'var'],
]);

/**
 * Generous, since a link to a library or a tool of the host is sane: only what lies below a directory that no host has,
 * or in a directory of the image's own, is certainly missing.
 */
function hostMayHave(path: string, { name, trees }: LinkScope): boolean {
  const [top = ''] = path.split('/');
  if (!HOST_TOPS.has(top)) return false;
  if (path.startsWith(`usr/lib/${name}/`) || path.startsWith(`usr/share/${name}/`)) return false;
  const directory = posix.dirname(path);
  return isHostDirectory(directory) || !trees.hasAfter(directory);
}

function absoluteTarget(to: string, target: string): string {
  return posix.normalize(target.startsWith('/') ? target : `/${posix.dirname(to)}/${target}`);
}
