import type { Node } from './node.ts';

/** What Flatcar merges by itself, from links that it keeps in /etc/extensions. */
export const BUILT_IN_EXTENSIONS = ['docker-flatcar', 'containerd-flatcar'] as const;

export type BuiltInExtension = (typeof BUILT_IN_EXTENSIONS)[number];

/** Those of Flatcar's own that have the programs of an extension called `name`; a Docker mostly has its containerd. */
export function replacedBuiltIns(name: string): readonly BuiltInExtension[] {
  if (/^docker(?:[-_]v?\d.*)?$/.test(name)) return BUILT_IN_EXTENSIONS;
  return /^containerd(?:[-_]v?\d.*)?$/.test(name) ? ['containerd-flatcar'] : [];
}

/** Where Flatcar links to it. */
export function builtInPath(name: BuiltInExtension): string {
  return `/etc/extensions/${name}.raw`;
}

/** `unknown`: the link is not there, where it would be on a release that has them. */
export function builtInState(
  name: BuiltInExtension,
  { links }: Node,
): 'masked' | 'merged' | 'unknown' {
  const target = links.get(builtInPath(name));
  if (target === undefined) return 'unknown';
  return target === '/dev/null' ? 'masked' : 'merged';
}
