import type { RuleId } from '../../finding.ts';
import type { Document } from './document.ts';

/** A comment that silences rules, `# torcx2sysext: ignore[TX201] the reason`. */
export interface Ignore {
  readonly document: Document;
  /** Of the comment. */
  readonly line: number;
  /** Identifiers, or their beginnings. */
  readonly rules: readonly string[];
  readonly reason: string;
  /** Lines of the document that it speaks of; absent for the whole file. */
  readonly lines?: { readonly first: number; readonly last: number };
}

const COMMENT =
  /^\ufeff?[ \t]*(?:#+|;+|\/\/+|--|<!--|\/\*+|\{\{-?[ \t]*\/\*)[ \t]*torcx2sysext:[ \t]*ignore(-file)?\[([^\]\n]*)\][ \t]*([^\n]*)$/gm;

/** The comments of one document, without those of the texts in it. */
export function documentIgnores(document: Document): Ignore[] {
  const { text, lines } = document;
  if (!text.includes('torcx2sysext:')) return [];
  return [...text.matchAll(COMMENT)].map(match => {
    const [, whole, list = '', reason = ''] = match;
    const line = lines.lineAt(match.index);
    const common = {
      document,
      line,
      rules: list.split(/[\s,]+/).filter(id => id !== ''),
      reason: reason.replace(/\s*(?:\*\/\s*(?:-?\}\})?|-->)\s*$/, '').trim(),
    };
    return whole === undefined ? { ...common, lines: targetLines(document, line) } : common;
  });
}

/** The next line that is no comment; in a unit the whole setting that begins there. */
function targetLines({ text, lines, unit }: Document, comment: number) {
  let first = comment + 1;
  while (first < lines.count && isPassedOver(text.slice(lines.start(first), lines.end(first))))
    first += 1;
  const part = unit?.parts.find(({ lines: [line] }) => line?.number === first);
  return { first, last: part?.lines.at(-1)?.number ?? first };
}

function isPassedOver(line: string): boolean {
  return /^\s*(?:$|#|;|\/\/|--|<!--|\/?\*)/.test(line);
}

/** @param line of the ignore's document; undefined for a finding of the whole file */
export function isIgnored(ignore: Ignore, ruleId: RuleId, line: number | undefined): boolean {
  if (!ignore.rules.some(rule => ruleId.startsWith(rule))) return false;
  if (!ignore.lines) return true;
  return line !== undefined && ignore.lines.first <= line && line <= ignore.lines.last;
}
