import { posix } from 'node:path';
import { isHostDirectory } from '../builder/sysext-rules.ts';
import { absoluteTarget } from './absolute-target.ts';
import { mergedPath } from './merged-path.ts';
import type { Trees } from './trees.ts';

/** Why a symbolic link at `to` in an extension leads nowhere; undefined when it leads to something, or may. */
export function deadLink(to: string, target: string, scope: DeadLinkScope): string | undefined {
  const place = absoluteTarget(to, target);
  const path = mergedPath(place);
  if (path === '' || scope.trees.hasAfter(path) || hostMayHave(path, scope)) return undefined;
  return `points to ${target}, and neither the extension nor a host has ${place}`;
}

export interface DeadLinkScope {
  /** Of the extension. */
  readonly name: string;
  readonly trees: Pick<Trees, 'hasAfter'>;
}

/** Where a host keeps what an extension cannot know: anything below these may be there. */
const HOST_TOPS: ReadonlySet<string> = new Set([
  'boot',
  'dev',
  'etc',
  'home',
  'media',
  'mnt',
  'oem',
  'opt',
  'proc',
  'root',
  'run',
  'srv',
  'sys',
  'tmp',
  'usr',
  'var',
]);

/**
 * Generous, since a link to a library or a tool of the host is sane: only what lies below a directory that no host has,
 * or in a directory of the image's own, is certainly missing.
 */
function hostMayHave(path: string, { name, trees }: DeadLinkScope): boolean {
  const [top = ''] = path.split('/');
  if (!HOST_TOPS.has(top)) return false;
  if (path.startsWith(`usr/lib/${name}/`) || path.startsWith(`usr/share/${name}/`)) return false;
  const directory = posix.dirname(path);
  return isHostDirectory(directory) || !trees.hasAfter(directory);
}
