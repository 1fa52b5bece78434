/** The widths of lines, in characters. */
export interface WrapOptions {
  readonly width: number;
  /** Of the first line; `width` unless given. */
  readonly first?: number;
  /** Of a text on its own; {@link textWidth} unless given. */
  readonly widthOf?: (text: string) => number;
}

/** Breaks a text at its spaces. A word that is longer than a line stands alone and stays whole, so that it can be copied. */
export function wrapText(
  text: string,
  { width, first = width, widthOf = textWidth }: WrapOptions,
): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter(part => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    const room = lines.length === 0 ? first : width;
    if (widthOf(longer) <= room || (line === '' && lines.length > 0)) {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** How many characters a terminal shows for a text without control characters. */
export function textWidth(text: string): number {
  return Array.from(text).length;
}
