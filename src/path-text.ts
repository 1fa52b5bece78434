import { isUtf8 } from 'node:buffer';

/**
 * File names are bytes; this program handles them as strings. A byte that is no valid UTF-8 becomes a lone
 * surrogate U+DC80…U+DCFF (the scheme of Python's PEP 383), so that every name survives the way through a string
 * unchanged and names can still be compared, shown and searched.
 */

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** A byte stands as the surrogate that is so much more. */
const ESCAPE = 0xdc00;

/** The byte that a code point stands for; undefined for all but the surrogates of invalid bytes. */
export function escapedByte(code: number): number | undefined {
  return code >= ESCAPE + 0x80 && code <= ESCAPE + 0xff ? code - ESCAPE : undefined;
}

/** The string for a file name's or link target's bytes; undone exactly by {@link pathBytes}. */
export function pathText(bytes: Uint8Array): string {
  return isUtf8(bytes) ? utf8.decode(bytes) : decodeEscaping(bytes);
}

/** The bytes of a name; lone surrogates U+DC80…U+DCFF become the byte that they stand for. */
export function pathBytes(text: string): Uint8Array {
  if (isUtf8Name(text)) return encoder.encode(text);
  const bytes: number[] = [];
  for (const character of text) {
    const byte = escapedByte(character.codePointAt(0) ?? 0);
    if (byte === undefined) bytes.push(...encoder.encode(character));
    else bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

/** False for a name with bytes that are no UTF-8. */
export function isUtf8Name(text: string): boolean {
  return !/[\udc80-\udcff]/.test(text);
}

/** Order of two names by their bytes: the order that SquashFS and reproducible reports need, in every locale. */
export function comparePaths(a: string, b: string): number {
  // Below the surrogates the order of UTF-16 is that of UTF-8, and nothing has to be made to find out.
  const isPlain = !BEYOND_PLAIN.test(a) && !BEYOND_PLAIN.test(b);
  return isPlain ? compareUnits(a, b) : Buffer.compare(pathBytes(a), pathBytes(b));
}

/** {@link comparePaths} for all of these names; most lists need no look at each of them for each comparison. */
export function pathOrder(names: readonly string[]): (a: string, b: string) => number {
  return names.some(name => BEYOND_PLAIN.test(name)) ? comparePaths : compareUnits;
}

function compareUnits(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

const BEYOND_PLAIN = /[\ud800-\uffff]/;

/** Whether a name has at most `most` bytes. */
export function fitsBytes(text: string, most: number): boolean {
  // No UTF-16 unit becomes more than three bytes.
  return 3 * text.length <= most || pathBytes(text).length <= most;
}

function decodeEscaping(bytes: Uint8Array): string {
  let text = '';
  let validFrom = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = validSequenceLength(bytes, at);
    if (length === 0) {
      text += utf8.decode(bytes.subarray(validFrom, at));
      text += String.fromCharCode(ESCAPE + (bytes[at] ?? 0));
      validFrom = at + 1;
    }
    at += Math.max(length, 1);
  }
  return text + utf8.decode(bytes.subarray(validFrom));
}

/** Length of the well-formed UTF-8 sequence at `at`, 0 when there is none. */
function validSequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  const length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  if (length < 2) return length;
  if (at + length > bytes.length) return 0;
  return isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}
