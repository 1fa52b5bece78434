/** `path`, or the next like it that is not taken: `x.conf`, `x-2.conf`, `x-3.conf`. An image's own file never yields. */
export function freePath(path: string, isTaken: (path: string) => boolean): string {
  const dot = path.lastIndexOf('.');
  const [stem, suffix] = [path.slice(0, dot), path.slice(dot)];
  let free = path;
  for (let n = 2; isTaken(free); n += 1) free = `${stem}-${n}${suffix}`;
  return free;
}
