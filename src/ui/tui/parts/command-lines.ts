import { shellWord } from '../../../shell-command.ts';
import { cellWidth } from './fit-text.ts';

/** Words of a command as lines of at most `columns` cells, as far as its words allow, which a shell reads as one. */
export function commandLines(words: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words.map(shellWord)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || cellWidth(longer) <= columns - 2) {
      line = longer;
    } else {
      lines.push(`${line} \\`);
      line = `  ${word}`;
    }
  }
  return [...lines, line];
}
