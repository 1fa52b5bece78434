/** What is longer was generated. */
const LONGEST_LINE = 2000;
/** Lines of a program that are looked through for what a branch does. */
const LONGEST_BRANCH = 8;
/** Longer attempts are not one call that may fail. */
const LONGEST_ATTEMPT = 40;

/**
 * Lines of a program that matter less: those that only run where a file of Torcx exists (the test, and what is indented
 * deeper below it), tests that only skip something, and attempts whose failure is caught.
 * @returns their numbers, from 1
 */
export function guardedLines(text: string): ReadonlySet<number> {
  const lines = text.split('\n');
  const guarded = new Set<number>();
  let indentation = -1;
  for (const [index, line] of lines.entries()) {
    const own = depth(line);
    if (indentation >= 0 && own > indentation) guarded.add(index + 1);
    else if (own >= 0) indentation = -1;
    if (ATTEMPT.test(line)) for (const number of attempted(lines, index)) guarded.add(number);
    if (line.length > LONGEST_LINE || !/torcx/.test(line) || !TEST.test(line)) continue;
    if (!/\bnot\b|!/.test(line)) {
      guarded.add(index + 1);
      indentation = own;
    } else if (!LEAVES.test(below(lines, index).join('\n'))) guarded.add(index + 1);
  }
  return guarded;
}

const TEST =
  /\bif\b.*(?:exists?(?:Sync)?|isfile|isdir|is_file|is_dir|access(?:Sync)?|os\.Stat|-[efxd])\b/;
const ATTEMPT = /^\s*try\s*[:{]\s*$/;
const LEAVES = /\b(?:exit|raise|throw|panic|[Ff]atal\w*|die|abort)\b|\breturn\b.*\b[Ee]rr/;

/** The line and what is indented deeper below it. */
function below(lines: readonly string[], index: number): string[] {
  const own = depth(lines[index] ?? '');
  const rest = lines.slice(index + 1, index + 1 + LONGEST_BRANCH);
  const end = rest.findIndex(line => depth(line) >= 0 && depth(line) <= own);
  return [lines[index] ?? '', ...(end < 0 ? rest : rest.slice(0, end))];
}

/** What a `try` holds whose handler does not end the program. */
function attempted(lines: readonly string[], index: number): number[] {
  const own = depth(lines[index] ?? '');
  const rest = lines.slice(index + 1, index + 1 + LONGEST_ATTEMPT);
  const end = rest.findIndex(line => depth(line) >= 0 && depth(line) <= own);
  if (end < 0 || !/^\s*\}?\s*(?:except|catch|rescue)\b/.test(rest[end] ?? '')) return [];
  if (LEAVES.test(below(lines, index + 1 + end).join('\n'))) return [];
  return rest.slice(0, end).map((_, offset) => index + 2 + offset);
}

/** -1 for a blank line. */
function depth(line: string): number {
  return line.search(/\S/);
}
