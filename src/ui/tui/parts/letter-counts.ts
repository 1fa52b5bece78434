/** `9D 1S`: how many there are of each kind, without those of which there is none. */
export function letterCounts(
  counts: readonly (readonly [count: number, letter: string])[],
): string {
  return counts.flatMap(([count, letter]) => (count > 0 ? [`${count}${letter}`] : [])).join(' ');
}
