/** One word of a setting's value; `start` and `end` are its place in the value, quotes included. */
export interface UnitWord {
  readonly start: number;
  readonly end: number;
  /** As it stands in the value. */
  readonly raw: string;
  /** Without quotes, and with C escapes resolved; specifiers (`%n`) and `$` are left alone. */
  readonly text: string;
}

/**
 * Splits a value as systemd does for command lines, environments and lists (systemd.syntax(7), "Quoting"): quotes
 * may start and end anywhere in a word. An unfinished quote, which systemd refuses, reaches to the end.
 */
export function splitWords(value: string): UnitWord[] {
  const words: UnitWord[] = [];
  let at = skipSpace(value, 0);
  while (at < value.length) {
    const { end, text } = readWord(value, at);
    words.push({ start: at, end, raw: value.slice(at, end), text });
    at = skipSpace(value, end);
  }
  return words;
}

function readWord(value: string, start: number): { end: number; text: string } {
  let text = '';
  let quote = '';
  let at = start;
  while (at < value.length) {
    const character = value.charAt(at);
    if (character === '\\') {
      const escaped = readEscape(value, at);
      text += escaped.text;
      at = escaped.end;
      continue;
    }
    if (quote === '' && isSpace(character)) break;
    if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else text += character;
    at += 1;
  }
  return { end: at, text };
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  s: ' ',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

const NUMERIC_ESCAPE = /\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([0-7]{3}))/y;

/** An escape that systemd does not know stands for itself. */
function readEscape(value: string, start: number): { end: number; text: string } {
  const simple = SIMPLE_ESCAPES[value.charAt(start + 1)];
  if (simple !== undefined) return { end: start + 2, text: simple };
  NUMERIC_ESCAPE.lastIndex = start;
  const match = NUMERIC_ESCAPE.exec(value);
  if (!match) return { end: start + 1, text: '\\' };
  const [whole, byte, short, long, octal] = match;
  const code = octal ? Number.parseInt(octal, 8) : Number.parseInt(byte ?? short ?? long ?? '', 16);
  const text = code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  return { end: start + whole.length, text };
}

function skipSpace(value: string, start: number): number {
  let at = start;
  while (at < value.length && isSpace(value.charAt(at))) at += 1;
  return at;
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}
