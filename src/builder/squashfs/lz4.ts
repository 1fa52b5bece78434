import { ByteReader } from '../../bytes.ts';

const MIN_MATCH = 4;
/** A length nibble of 15 goes on in further bytes. */
const LONG_LENGTH = 15;

/**
 * Expands one raw LZ4 block, without a frame, as SquashFS stores them (lz4_Block_format.md of the LZ4 project).
 * @param limit the block may expand to at most so many bytes
 * @throws RangeError when it expands to more, is cut off, or refers to bytes before its start
 */
export function expandLz4Block(block: Uint8Array, limit: number): Uint8Array {
  const reader = new ByteReader(block);
  const output = new Uint8Array(limit);
  let length = 0;
  while (reader.remaining > 0) {
    const token = reader.u8();
    const literals = reader.bytes(readLength(reader, token >> 4));
    output.set(literals, length);
    length += literals.length;
    // The last sequence has literals only.
    if (reader.remaining === 0) break;
    const distance = reader.u16();
    const matched = readLength(reader, token & LONG_LENGTH) + MIN_MATCH;
    if (distance === 0 || distance > length)
      throw new RangeError(`an LZ4 match ${distance} bytes back`);
    if (length + matched > limit) throw new RangeError(`an LZ4 block of more than ${limit} bytes`);
    copyMatch(output.subarray(0, length + matched), length, distance);
    length += matched;
  }
  return output.subarray(0, length);
}

function readLength(reader: ByteReader, nibble: number): number {
  let length = nibble;
  if (nibble < LONG_LENGTH) return length;
  for (let more = 255; more === 255; ) {
    more = reader.u8();
    length += more;
  }
  return length;
}

/** Fills the output from `at` to its end. A match may overlap its own output: that is how runs are stored. */
function copyMatch(output: Uint8Array, at: number, distance: number): void {
  if (at + distance >= output.length) {
    output.copyWithin(at, at - distance, output.length - distance);
    return;
  }
  for (let index = at; index < output.length; index += 1)
    output[index] = output[index - distance] ?? 0;
}
