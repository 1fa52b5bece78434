/** A path as a shell would read it whose `~` is the home directory; without one the path stays as it is. */
export function expandHome(path: string, home: string | undefined): string {
  if (home === undefined || (path !== '~' && !path.startsWith('~/'))) return path;
  return path === '~' ? `${home}/` : home + path.slice(1);
}
