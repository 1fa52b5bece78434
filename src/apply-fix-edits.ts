import type { Finding, FixEdit } from './finding.ts';
import { pathBytes, pathText } from './path-text.ts';

/**
 * The bytes of a file with its lines edited. Every other byte stays, whether it is UTF-8 or not. Lines end with LF;
 * a CR before it belongs to the line.
 * @throws RangeError when edits overlap or reach beyond the end
 */
export function applyFixEdits(bytes: Uint8Array, edits: readonly FixEdit[]): Uint8Array {
  const lines = pathText(bytes).match(/[^\n]*\n|[^\n]+$/g) ?? [];
  let result = '';
  let done = 0;
  for (const { startLine, endLine, text } of distinct(edits)) {
    const fits = startLine > done && endLine >= startLine && endLine <= lines.length;
    if (!fits)
      throw new RangeError(`edit of lines ${startLine}…${endLine} overlaps or has no line`);
    result += lines.slice(done, startLine - 1).join('') + text;
    done = endLine;
  }
  return pathBytes(result + lines.slice(done).join(''));
}

/**
 * The edits that may be made to one file. Several findings can share edits, which belong together then: when one of the
 * findings has a fix that was not asked for, none of its edits is made.
 */
export function chosenEdits(findings: readonly Finding[], unsafe: boolean): FixEdit[] {
  const isAllowed = ({ fix }: Finding) =>
    fix?.safety === 'safe' || (unsafe && fix?.safety === 'unsafe');
  const editsOf = ({ fix }: Finding) => fix?.edits ?? [];
  const barred = new Set(
    findings
      .filter(found => !isAllowed(found))
      .flatMap(editsOf)
      .map(identity),
  );
  return findings
    .filter(found => !editsOf(found).some(edit => barred.has(identity(edit))))
    .flatMap(editsOf);
}

function distinct(edits: readonly FixEdit[]): FixEdit[] {
  const byIdentity = new Map(edits.map(edit => [identity(edit), edit]));
  return [...byIdentity.values()].sort((a, b) => a.startLine - b.startLine);
}

function identity({ startLine, endLine, text }: FixEdit): string {
  return `${startLine} ${endLine} ${text}`;
}
