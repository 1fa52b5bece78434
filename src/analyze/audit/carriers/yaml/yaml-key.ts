/** A key of a mapping, and where its value may begin. */
interface FoundKey {
  readonly key: string;
  readonly end: number;
}

/** Nobody writes a longer key. */
const LONGEST_KEY = 300;

/** The key that begins at `at` of a line, and has a colon behind it; undefined where there is none. */
export function findKey(line: string, at: number): FoundKey | undefined {
  const first = line.charAt(at);
  return first === '"' || first === "'" ? quotedKey(line, at, first) : plainKey(line, at);
}

function quotedKey(line: string, at: number, quote: string): FoundKey | undefined {
  const pattern =
    quote === '"'
      ? /"((?:[^"\\]|\\.)*)"[ \t]*:(?:[ \t]+|$)/y
      : /'((?:[^']|'')*)'[ \t]*:(?:[ \t]+|$)/y;
  pattern.lastIndex = at;
  const match = pattern.exec(line);
  return match ? { key: match[1] ?? '', end: pattern.lastIndex } : undefined;
}

/** `key: `, `{{ .name }}.service: `; a colon without a blank behind it is a part of the key. */
function plainKey(line: string, at: number): FoundKey | undefined {
  if (/[#[\],&*!|>%@`]/.test(line.charAt(at)) || /^\{(?!\{)/.test(line.slice(at, at + 2))) return;
  const limit = Math.min(line.length, at + LONGEST_KEY);
  for (let position = at; position < limit; position += 1) {
    const character = line.charAt(position);
    if (character === '#' && /[ \t]/.test(line.charAt(position - 1))) return;
    if (line.startsWith('{{', position)) {
      const end = line.indexOf('}}', position);
      if (end < 0) return;
      position = end + 1;
      continue;
    }
    if (character !== ':' || !/^(?:[ \t]|$)/.test(line.slice(position + 1, position + 2))) continue;
    const key = line.slice(at, position).trimEnd();
    const blanks = /[ \t]*/y;
    blanks.lastIndex = position + 1;
    return key === ''
      ? undefined
      : { key, end: position + 1 + (blanks.exec(line)?.[0].length ?? 0) };
  }
  return;
}
