import type { FixEdit } from './finding.ts';
import { pathBytes, pathText } from './path-text.ts';

/**
 * The bytes of a file with its lines edited. Every other byte stays, whether it is UTF-8 or not. Lines end with LF;
 * a CR before it belongs to the line.
 * @throws RangeError when edits overlap or reach beyond the end
 */
export function applyFixEdits(bytes: Uint8Array, edits: readonly FixEdit[]): Uint8Array {
  const lines = pathText(bytes).match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const sorted = [...edits].sort((a, b) => a.startLine - b.startLine);
  let result = '';
  let done = 0;
  for (const { startLine, endLine, text } of sorted) {
    const fits = startLine > done && endLine >= startLine && endLine <= lines.length;
    if (!fits)
      throw new RangeError(`edit of lines ${startLine}…${endLine} overlaps or has no line`);
    result += lines.slice(done, startLine - 1).join('') + text;
    done = endLine;
  }
  return pathBytes(result + lines.slice(done).join(''));
}
