import { escapedByte } from '../path-text.ts';
import { UNSAFE_CHARACTERS as UNSAFE } from '../unsafe-characters.ts';

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** One line of text from an archive or a file, fit to be shown. Invalid UTF-8 (see path-text.ts) becomes `\xNN`. */
export function safeText(text: string): string {
  return text.replaceAll(UNSAFE, escapeCharacter);
}

/** As {@link safeText}, for text of many lines: newlines and tabs stay. */
export function safeBlock(text: string): string {
  return text.replaceAll(UNSAFE, character =>
    character === '\n' || character === '\t' ? character : escapeCharacter(character),
  );
}

/** JSON's own escapes for the same characters: the document's meaning stays, and a terminal can show it. */
export function safeJson(json: string): string {
  return json.replaceAll(UNSAFE_IN_JSON, jsonEscape);
}

/** The layout's newlines stay: to be asked about each of them is half of what a long report takes. */
const UNSAFE_IN_JSON = new RegExp(`(?!\\n)${UNSAFE.source}`, UNSAFE.flags);

function escapeCharacter(character: string): string {
  const short = SHORT_ESCAPES[character];
  if (short) return short;
  const code = character.codePointAt(0) ?? 0;
  const byte = code < 0x80 ? code : escapedByte(code);
  if (byte !== undefined) return `\\x${hex(byte, 2)}`;
  return code > 0xffff ? `\\u{${hex(code, 4)}}` : `\\u${hex(code, 4)}`;
}

function jsonEscape(character: string): string {
  return [...Array(character.length).keys()]
    .map(at => `\\u${hex(character.charCodeAt(at), 4)}`)
    .join('');
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
