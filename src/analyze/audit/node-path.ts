/** Flatcar keeps what /etc is made of in a directory of that name. */
const TOP = /\/(?:(?<!\/usr\/share\/flatcar\/)etc|opt|usr|var|run|home|root|boot|srv|oem)(?=\/|$)/g;

/**
 * Where a node has the file that is at `path` here: a tree may be the node's own, or a copy of it anywhere. What
 * follows the last place that looks like a copy's root counts; `/etc` within a path is a better sign than `/home`.
 */
export function nodePathOf(path: string): string {
  if (/^\/(?:etc|oem|boot)(?:\/|$)/.test(path)) return path;
  const tops = [...path.matchAll(TOP)];
  const etc = tops.find(match => match[0] === '/etc');
  if (etc) return path.slice(etc.index);
  const inner = tops.find(match => match.index > 0 && match[0] !== '/home' && match[0] !== '/root');
  const isOwn = tops[0]?.index === 0 && !/^\/(?:home|root|srv)\//.test(path);
  return isOwn || !inner ? path : path.slice(inner.index);
}
