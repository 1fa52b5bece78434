/** What a title says of the lines that do not fit below it. */
export function moreBelow(lines: number): string {
  if (lines <= 0) return '';
  return lines === 1 ? '  1 more line below' : `  ${lines} more lines below`;
}
