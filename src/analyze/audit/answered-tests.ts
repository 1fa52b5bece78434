import type { Document } from './document.ts';
import type { LineChange } from './embedding.ts';
import type { Mention } from './mentions/mention.ts';

/** What becomes of a line; undefined for one that stays as it is. */
type ChangeAt = (line: number) => LineChange | undefined;

/**
 * Whether the changes answer a test of a script that only skips something where Torcx is not, so that commands run
 * afterwards which nodes without Torcx pass over today, or the other way round.
 */
export function answersTest(
  document: Document,
  mentions: readonly Mention[],
  changeAt: ChangeAt,
): boolean {
  return mentions.some(({ use, strength, start }) => {
    if ((use !== 'condition' && use !== 'test') || strength !== 'soft') return false;
    const line = document.lines.lineAt(start);
    const change = changeAt(line);
    return change !== undefined && change.text !== '' && !hasEmptyBody(document, change, changeAt);
  });
}

/** What is left of a block that did nothing else than to read what Torcx had written. */
const NOTHING_DONE = /^\s*(?:(?:then\s*)?:?\s*;?\s*(?:#.*)?|then\s*)$/;

function hasEmptyBody(
  { lines, text }: Document,
  { endLine, text: condition }: LineChange,
  changeAt: ChangeAt,
): boolean {
  if (!/^\s*if\s+(?:true|false)\s*;?\s*(?:then\s*)?$/.test(condition)) return false;
  for (let line = endLine + 1; line <= lines.count; line += 1) {
    const content = changeAt(line)?.text ?? text.slice(lines.start(line), lines.end(line));
    if (/^\s*fi\b/.test(content)) return true;
    if (!NOTHING_DONE.test(content.trimEnd())) return false;
  }
  return false;
}
