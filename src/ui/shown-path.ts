/** A bare name could be read as a word; `./docker.raw` is plainly a file. */
export function shownPath(path: string): string {
  return /^\.{0,2}\//.test(path) ? path : `./${path}`;
}
