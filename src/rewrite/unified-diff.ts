/**
 * What `diff -u` says about two versions of the file `path`, with three lines of context: input for `patch` and
 * `git apply`. Empty when nothing changed.
 */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return '';
  const lines = diffLines(splitLines(before), splitLines(after));
  const hunks = hunkRanges(lines).map(range => hunkText(lines, range));
  return `--- ${headerName(`a/${path}`)}\n+++ ${headerName(`b/${path}`)}\n${hunks.join('')}`;
}

const CONTEXT = 3;

/** Beyond so many changed lines the comparison, quadratic in them, gives way to one that replaces everything. */
const MOST_CHANGES = 1000;

interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let foot = 0;
  while (foot < shorter - head && before.at(-1 - foot) === after.at(-1 - foot)) foot += 1;
  const removed = before.slice(head, before.length - foot);
  const added = after.slice(head, after.length - foot);
  return [
    ...signed(' ', before.slice(0, head)),
    ...(shortestEdit(removed, added) ?? [...signed('-', removed), ...signed('+', added)]),
    ...signed(' ', before.slice(before.length - foot)),
  ];
}

/** Myers' greedy algorithm ("An O(ND) Difference Algorithm and Its Variations", 1986), or undefined past the limit. */
function shortestEdit(before: readonly string[], after: readonly string[]): DiffLine[] | undefined {
  const trace: Map<number, number>[] = [];
  let reached = new Map([[1, 0]]);
  for (let changes = 0; changes <= MOST_CHANGES; changes += 1) {
    trace.push(reached);
    const next = new Map<number, number>();
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      let x = stepOnto(reached, diagonal, changes);
      while (
        x < before.length &&
        x - diagonal < after.length &&
        before[x] === after[x - diagonal]
      ) {
        x += 1;
      }
      next.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length)
        return backtrack(trace, before, after);
    }
    reached = next;
  }
  return;
}

/** How many lines of `before` are behind us on `diagonal` after one more change: the better of both ways there. */
function stepOnto(reached: ReadonlyMap<number, number>, diagonal: number, changes: number): number {
  const byAdding = reached.get(diagonal + 1) ?? -1;
  const byRemoving = (reached.get(diagonal - 1) ?? -2) + 1;
  if (changes === 0) return 0;
  return Math.max(byAdding, byRemoving);
}

function backtrack(
  trace: readonly ReadonlyMap<number, number>[],
  before: readonly string[],
  after: readonly string[],
): DiffLine[] {
  const lines: DiffLine[] = [];
  let x = before.length;
  let y = after.length;
  for (let changes = trace.length - 1; changes >= 0; changes -= 1) {
    const reached = trace[changes] ?? new Map<number, number>();
    const diagonal = x - y;
    const start = stepOnto(reached, diagonal, changes);
    for (; x > start; x -= 1, y -= 1) lines.push({ sign: ' ', text: before[x - 1] ?? '' });
    if (changes === 0) break;
    if (start === (reached.get(diagonal + 1) ?? -1)) {
      y -= 1;
      lines.push({ sign: '+', text: after[y] ?? '' });
    } else {
      x -= 1;
      lines.push({ sign: '-', text: before[x] ?? '' });
    }
  }
  return lines.reverse();
}

/** The stretches of `lines` that become hunks: changes with their context, near ones together. */
function hunkRanges(lines: readonly DiffLine[]): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.sign === ' ') continue;
    const start = Math.max(0, index - CONTEXT);
    const end = Math.min(lines.length, index + 1 + CONTEXT);
    const last = ranges.at(-1);
    if (last && start <= last.end) last.end = end;
    else ranges.push({ start, end });
  }
  return ranges;
}

function hunkText(lines: readonly DiffLine[], range: { start: number; end: number }): string {
  const hunk = lines.slice(range.start, range.end);
  const ahead = lines.slice(0, range.start);
  const header = `@@ -${span(ahead, hunk, '+')} +${span(ahead, hunk, '-')} @@\n`;
  return header + hunk.map(printLine).join('');
}

/** `first,count` of the version that lines with the sign `other` do not belong to. */
function span(ahead: readonly DiffLine[], hunk: readonly DiffLine[], other: '-' | '+'): string {
  const before = ahead.filter(line => line.sign !== other).length;
  const count = hunk.filter(line => line.sign !== other).length;
  // An empty range is named by the line before it.
  return `${count === 0 ? before : before + 1},${count}`;
}

function printLine({ sign, text }: DiffLine): string {
  return text.endsWith('\n') ? sign + text : `${sign}${text}\n\\ No newline at end of file\n`;
}

function signed(sign: DiffLine['sign'], lines: readonly string[]): DiffLine[] {
  return lines.map(text => ({ sign, text }));
}

/** The lines with their ends; the last may have none. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Behind a name with blanks goes a tab, or `patch` takes what follows the blank for a date. */
function headerName(name: string): string {
  const quoted = quoteName(name);
  return quoted === name && name.includes(' ') ? `${name}\t` : quoted;
}

/** Quotes a name as git does when it holds a character that would end or garble the header. */
export function quoteName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what has to be found.
  if (!/[\x00-\x1f\x7f"\\]/.test(name)) return name;
  const quoted = name.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
    /[\x00-\x1f\x7f"\\]/g,
    character =>
      character === '"' || character === '\\'
        ? `\\${character}`
        : `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
  return `"${quoted}"`;
}
