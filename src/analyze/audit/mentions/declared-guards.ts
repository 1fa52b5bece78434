import { findTorcxReferences } from '../../torcx-reference.ts';
import type { GuardRanges } from './guard-ranges.ts';

/** Longer declarations are not looked through. */
const MOST_LINES = 60;

/** `only_if` of Chef and `onlyif` of Puppet stand in the declaration that they guard, at the depth of its other lines. */
export function declaredGuards(text: string): GuardRanges {
  const asked: Line[] = [];
  const guarded: Line[] = [];
  const lines = CONDITION.test(text) ? linesOf(text) : [];
  for (const [index, line] of lines.entries()) {
    const key = CONDITION.exec(line.text)?.[1];
    if (key === undefined || findTorcxReferences(line.text).length === 0) continue;
    asked.push(line);
    if (/^only_?if$/.test(key)) guarded.push(...declarationAround(lines, index));
  }
  return { asked, guarded };
}

const CONDITION = /^[ \t]*(only_?if|not_if|unless|creates)(?:\s*=>|\s+(?:\{|do\b|['"]))/m;

interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function linesOf(text: string): Line[] {
  return [...text.matchAll(/[^\n]*(?:\n|$)/g)].map(({ 0: line, index }) => ({
    text: line,
    start: index,
    end: index + line.length,
  }));
}

function declarationAround(lines: readonly Line[], index: number): Line[] {
  const own = depth(lines[index]);
  const before = lines.slice(Math.max(0, index - MOST_LINES), index);
  const behind = lines.slice(index, index + MOST_LINES);
  const start = before.findLastIndex(line => depth(line) < own);
  const end = behind.findIndex(line => depth(line) < own);
  return [...before.slice(start + 1), ...(end < 0 ? behind : behind.slice(0, end))];
}

/** Blank lines belong to whatever is around them. */
function depth(line: Line | undefined): number {
  const at = line?.text.search(/\S/) ?? -1;
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}
