import type { TorcxReference } from '../../torcx-reference.ts';

/** Lists of paths are read so far around a reference. */
const LINES_AROUND = 8;
const LONGEST_LINE = 2000;

/**
 * Whether the reference is one of several places that a program looks in for the same thing, so that nothing fails
 * when one of them is not there.
 */
export function isCandidate(text: string, reference: TorcxReference): boolean {
  const name = fileNameOf(reference.text);
  if (name === '') return false;
  const before = text.slice(Math.max(0, reference.start - LONGEST_LINE), reference.start);
  const behind = text.slice(reference.end, reference.end + LONGEST_LINE);
  const start = reference.start - before.length + before.lastIndexOf('\n') + 1;
  const newline = behind.indexOf('\n');
  const end = reference.end + (newline < 0 ? behind.length : newline);
  const line = withPlainSlashes(text.slice(start, end));
  const own = withPlainSlashes(reference.text);
  return (
    isInLineList(line, own, name) ||
    isAmongLiterals(line, own, name) ||
    isInColumn(text, { start, end }, name)
  );
}

/** `"A", "B"` anywhere in a line of a program, or `x ? "A" : "B"`, unless it is the command line of a copy. */
function isAmongLiterals(line: string, own: string, name: string): boolean {
  if (/["'](?:cp|ln|mv|install|-s|-v|--mount)["']/.test(line)) return false;
  const [, first, second] =
    /\?\s*["'`](\/[^"'`]*)["'`]\s*:\s*["'`](\/[^"'`]*)["'`]/.exec(line) ?? [];
  const choice = [first, second];
  if (choice.includes(own))
    return choice.some(path => path && !isTorcx(path) && fileNameOf(path) === name);
  const literals = [...line.matchAll(/(?:^|[[({,]\s*)["'`](\/[\w./@+-]+)["'`](?=\s*[,\])}])/g)];
  const paths = literals.map(([, path = '']) => path);
  return paths.includes(own) && paths.some(path => !isTorcx(path) && fileNameOf(path) === name);
}

/** `for p in A B C`, `CANDIDATES="A B C"`, `["A", "B"]`. */
function isInLineList(line: string, own: string, name: string): boolean {
  if (MOUNTS.test(line)) return false;
  if (
    !/\bfor\s+\w+\s+in\s|^\s*(?:[\w.:-]*\s*(?:=|:=|:)\s*["']?)?[[({]|^\s*[\w.:-]+\s*(?:=|:=|:)\s*["']|^\s*(?:(?:export|local|readonly|declare)\s+)?\w+=["'(]/.test(
      line,
    )
  )
    return false;
  const paths = line.match(/(?<![\w.})@-])\/[\w./@+-]+/g) ?? [];
  return paths.some(path => path !== own && !isTorcx(path) && fileNameOf(path) === name);
}

/** Places in a host and in a container. */
const MOUNTS =
  /(?:volumes?|mounts?|binds?)["']?\s*[:=]|(?<![\w-])(?:-v|--(?:volume|mount|bind(?:-ro)?))[\s=]/i;

const ONLY_PATH =
  /^\s*(?:-\s+)?(?:[\w.]+\()?[frbuL]?["'`]?(\/[\w./@+-]+)["'`]?\)?\s*(?:[,;\\)\]]|$)/;

/** One path to a line, of which another one has the same name. */
function isInColumn(text: string, line: { start: number; end: number }, name: string): boolean {
  if (!ONLY_PATH.test(text.slice(line.start, line.end))) return false;
  const before = text
    .slice(0, line.start)
    .slice(-LONGEST_LINE)
    .split('\n')
    .slice(-LINES_AROUND - 1, -1)
    .reverse();
  const behind = text
    .slice(line.end + 1, line.end + LONGEST_LINE)
    .split('\n')
    .slice(0, LINES_AROUND);
  return [before, behind].some(lines => {
    for (const other of lines) {
      const path = ONLY_PATH.exec(other)?.[1];
      if (path === undefined) return false;
      if (!isTorcx(path) && fileNameOf(path) === name) return true;
    }
    return false;
  });
}

/** Each part of `\/run\/torcx` would be a path of its own. */
function withPlainSlashes(text: string): string {
  return text.replaceAll('\\/', '/');
}

function isTorcx(path: string): boolean {
  return path.includes('torcx');
}

/** The last component of a path, without the quotes and brackets that stand behind it. */
function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/["'}]+$/, '');
}
