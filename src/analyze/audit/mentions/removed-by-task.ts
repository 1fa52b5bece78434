/** Longer tasks are not read to their end. */
const LONGEST_TASK = 2000;

/** Whether the line at `offset` belongs to a task of Ansible, or a state of Salt or Puppet, that takes away what it names. */
export function isRemovedByTask(text: string, offset: number): boolean {
  const from = Math.max(0, offset - LONGEST_TASK);
  const around = text.slice(from, offset + LONGEST_TASK);
  if (!/\babsent\b|:(?:delete|remove)\b/.test(around)) return false;
  const before = around.slice(0, offset - from).split('\n');
  const behind = around.slice(offset - from).split('\n');
  const own = `${before.pop() ?? ''}${behind.shift() ?? ''}`;
  if (/\bensure\s*=>\s*['"]?absent\b/.test(own)) return true;
  if (/^\S+:\s*$/.test(own) && /^\s+(?:-\s+)?file\.absent\b/.test(behind[0] ?? '')) return true;
  if (isBelowAbsent(before, own) || DELETED.test(behind.slice(0, 5).join('\n'))) return true;
  const isTask = /^\s*-\s+[\w.]+:\s/.test(own) && ABSENT.test(own);
  if (isTask) return true;
  const start = before.findLastIndex(line => isItem(line) && depth(line) < depth(own));
  const first = before[start];
  if (first === undefined) return false;
  const next = behind.findIndex(line => isItem(line) && depth(line) <= depth(first));
  const rest = next < 0 ? behind : behind.slice(0, next);
  return [...before.slice(start), own, ...rest].some(line => ABSENT.test(line));
}

/** `file.absent:` of Salt with the names in a list. */
function isBelowAbsent(before: readonly string[], own: string): boolean {
  let limit = depth(own);
  for (const line of before.toReversed()) {
    if (line.trim() === '' || depth(line) >= limit) continue;
    if (/^\s*(?:-\s+)?file\.absent\s*:/.test(line)) return true;
    limit = depth(line);
    if (limit === 0) return false;
  }
  return false;
}

/** Chef, before the end of its declaration. */
const DELETED = /^(?!\s*end\b)(?:[^\n]*\n(?!\s*end\b))*?\s*action\s+:(?:delete|remove)\b/;

const ABSENT = /\bstate["']?\s*[:=]\s*["']?absent\b/;

function isItem(line: string): boolean {
  return /^\s*-\s/.test(line);
}

function depth(line: string): number {
  return line.search(/\S|$/);
}
