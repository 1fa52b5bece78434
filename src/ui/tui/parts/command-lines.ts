import { shellWord } from '../../../shell-command.ts';
import type { Area } from '../viewport.ts';
import { currentCharset, glyphs } from './charset-scope.ts';
import { cellWidth } from './fit-text.ts';

/**
 * Words of a command as lines of at most `columns` cells, as far as its words allow, which a shell reads as one. Of more
 * than `rows` lines the last ones are left out, which a mark says; where there is only one, all words are on it.
 */
export function commandLines(words: readonly string[], { columns, rows }: Area): string[] {
  const shown = words.map(word => shellWord(word, { inAscii: currentCharset() === 'ascii' }));
  // Whatever shows a single line cuts it where it ends.
  if (rows === 1) return [shown.join(' ')];
  const lines: string[] = [];
  let line = '';
  for (const word of shown) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || cellWidth(longer) <= columns - 2) {
      line = longer;
    } else {
      lines.push(`${line} \\`);
      line = `  ${word}`;
    }
  }
  lines.push(line);
  if (lines.length <= rows) return lines;
  return [
    ...lines.slice(0, rows - 1),
    ...lines.slice(rows - 1, rows).map(last => last.replace(/\\$/, glyphs().goesOn)),
  ];
}
