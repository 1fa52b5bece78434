/** Decoded text, and for each of its characters and its end the offset in the text that spells it. */
export interface DecodedText {
  readonly text: string;
  readonly offsets: readonly number[];
}

const JSON_ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
  '/': '/',
};

/** YAML has some more (YAML 1.2.2, 5.7); HCL's are JSON's. */
const YAML_ESCAPES: Readonly<Record<string, string>> = {
  ...JSON_ESCAPES,
  '0': '\0',
  a: '\x07',
  v: '\v',
  e: '\x1b',
  ' ': ' ',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
};

/** Decodes what stands between the double quotes of JSON, YAML or HCL; undefined when there is no closing quote. */
export function decodeDoubleQuoted(source: string, from: number): DecodedText | undefined {
  return decodeEscaped(source, from, '"');
}

/** The same up to another quote. */
export function decodeEscaped(
  source: string,
  from: number,
  quote: string,
): DecodedText | undefined {
  const pieces: string[] = [];
  const offsets: number[] = [];
  let at = from;
  for (;;) {
    const character = source.charAt(at);
    if (character === '' || character === '\n') return;
    if (character === quote) break;
    if (character !== '\\') {
      pieces.push(character);
      offsets.push(at);
      at += 1;
      continue;
    }
    const [length, decoded] = readEscape(source, at);
    for (const unit of decoded.split('')) {
      pieces.push(unit);
      offsets.push(at);
    }
    at += length;
  }
  offsets.push(at);
  return { text: pieces.join(''), offsets };
}

/** The length of the escape at `at`, and what it stands for. */
export function readEscape(source: string, at: number): [length: number, decoded: string] {
  const letter = source.charAt(at + 1);
  const digits = letter === 'u' ? 4 : letter === 'x' ? 2 : letter === 'U' ? 8 : 0;
  const hex = source.slice(at + 2, at + 2 + digits);
  if (digits > 0 && hex.length === digits && /^[0-9A-Fa-f]+$/.test(hex)) {
    const code = Number.parseInt(hex, 16);
    return [2 + digits, code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'];
  }
  return [2, YAML_ESCAPES[letter] ?? letter];
}

export function encodeDoubleQuoted(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Percent-encoding (RFC 3986) of UTF-8; undefined when the bytes are no UTF-8. */
export function decodePercent(source: string): DecodedText | undefined {
  const pieces: string[] = [];
  const offsets: number[] = [];
  const encoded = /(?:%[0-9A-Fa-f]{2})+/y;
  for (let at = 0; at < source.length; ) {
    encoded.lastIndex = at;
    const run = encoded.exec(source)?.[0];
    if (run === undefined) {
      pieces.push(source.charAt(at));
      offsets.push(at);
      at += 1;
      continue;
    }
    const decoded = decodeRun(run);
    if (decoded === undefined) return;
    for (const character of decoded) {
      for (const unit of character.split('')) {
        pieces.push(unit);
        offsets.push(at);
      }
      at += Buffer.byteLength(character) * 3;
    }
  }
  offsets.push(source.length);
  return { text: pieces.join(''), offsets };
}

function decodeRun(run: string): string | undefined {
  try {
    return decodeURIComponent(run);
  } catch {
    return;
  }
}

/** As Ignition's tools do: everything but unreserved characters is encoded. */
export function encodePercent(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
