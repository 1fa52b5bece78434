/** A tar archive is a sequence of blocks: headers, and data padded to whole blocks (POSIX.1, pax, "ustar"). */
export const BLOCK_SIZE = 512;

const SIZE = { at: 124, length: 12 };
const CHECKSUM = { at: 148, length: 8 };
const TYPEFLAG_AT = 156;
const MAGIC = { at: 257, text: 'ustar' };

/** `length` rounded up to whole blocks. */
export function padded(length: number): number {
  return Math.ceil(length / BLOCK_SIZE) * BLOCK_SIZE;
}

export function isZeroBlock(block: Uint8Array): boolean {
  for (const byte of block) if (byte !== 0) return false;
  return true;
}

/** Whether a file starts like a tar archive; the first header may be damaged or incomplete. */
export function hasTarMagic(bytes: Uint8Array): boolean {
  return MAGIC.text === latin1(bytes, MAGIC.at, MAGIC.text.length);
}

/** Whether the header's checksum is right. Early tars summed up signed characters, so that sum is right, too. */
export function hasValidChecksum(block: Uint8Array): boolean {
  const stored = headerNumber(block, CHECKSUM.at, CHECKSUM.length);
  return stored === checksum(block) || stored === signedChecksum(block);
}

/** The type of the member, `\0` of the pre-POSIX format as its successor `0`. */
export function typeflag(block: Uint8Array): string {
  return latin1(block, TYPEFLAG_AT, 1).replace('\0', '0');
}

/** Bytes of data that the header announces, undefined when unreadable. Beyond 2^53 only the magnitude is right. */
export function headerSize(block: Uint8Array): number | undefined {
  return headerNumber(block, SIZE.at, SIZE.length);
}

/**
 * A numeric field: octal text that ends with a space, a NUL or the field; or, for values that do not fit, the GNU
 * base-256 form with the first byte 0x80 (0xff for negative values). undefined when it is neither.
 */
export function headerNumber(block: Uint8Array, at: number, length: number): number | undefined {
  const lead = block[at];
  if (lead === 0x80 || lead === 0xff) return base256(block.subarray(at + 1, at + length), lead);
  const octal = /^[ \0]*([0-7]*)(?:[ \0]|$)/.exec(latin1(block, at, length))?.[1];
  return octal === undefined ? undefined : Number.parseInt(`0${octal}`, 8);
}

/**
 * A copy of the header that announces no data and has one of the types `0` to `7`: what is left of a member when
 * its extensions are taken off.
 */
export function plainHeader(block: Uint8Array): Uint8Array {
  const plain = new Uint8Array(block); // Not slice(): a Buffer's does not copy.
  plain.set(ascii('00000000000\0'), SIZE.at);
  if (!/[0-7]/.test(typeflag(block))) plain.set(ascii('0'), TYPEFLAG_AT);
  plain.set(ascii(`${checksum(plain).toString(8).padStart(6, '0')}\0 `), CHECKSUM.at);
  return plain;
}

function base256(digits: Uint8Array, lead: number): number {
  const value = BigInt(`0x${Buffer.from(digits).toString('hex')}`);
  return Number(lead === 0xff ? value - (1n << BigInt(8 * digits.length)) : value);
}

/** The sum of all bytes, with the checksum field itself taken for spaces. */
function checksum(block: Uint8Array): number {
  return sum(block) - sum(checksumField(block)) + CHECKSUM.length * 0x20;
}

function signedChecksum(block: Uint8Array): number {
  return checksum(block) - 256 * (highBytes(block) - highBytes(checksumField(block)));
}

function checksumField(block: Uint8Array): Uint8Array {
  return block.subarray(CHECKSUM.at, CHECKSUM.at + CHECKSUM.length);
}

/** By index: an iterator takes five times as long, and each header is summed up twice. */
function sum(bytes: Uint8Array): number {
  let total = 0;
  for (let at = 0; at < bytes.length; at += 1) total += bytes[at] ?? 0;
  return total;
}

function highBytes(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) count += byte >> 7;
  return count;
}

function latin1(bytes: Uint8Array, at: number, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
    'latin1',
    at,
    at + length,
  );
}

function ascii(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}
