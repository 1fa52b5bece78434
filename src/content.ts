import { partitionPoint } from './partition-point.ts';

/**
 * The bytes of a file, wherever they lie. Everything that handles file contents handles this type, so that an
 * archive's entry, a rewritten unit and a file on disk are the same to the builder.
 */
export interface Content {
  /** Length in bytes, holes included. */
  readonly size: number;
  /**
   * The ranges that may hold other bytes than zero, ascending and disjoint; everything between them is a hole.
   * Absent: the content has no known holes. A reader can then skip 8 EiB of hole without reading them.
   */
  readonly dataRanges?: readonly ByteRange[];
  /** Where these bytes lie in another content, one after the other: by this they are known wherever they come again. */
  readonly place?: { readonly of: Content; readonly offset: number };
  /**
   * Fills `target` completely with the bytes that start at `offset`.
   * @throws RangeError when `offset + target.length` lies beyond `size`
   */
  readInto(target: Uint8Array, offset: number): Promise<void>;
}

/** `length` bytes from `offset`. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/** Bytes that are in memory already. */
export function bytesContent(bytes: Uint8Array): Content {
  return {
    size: bytes.length,
    async readInto(target, offset) {
      assertWithin(bytes.length, offset, target.length);
      target.set(bytes.subarray(offset, offset + target.length));
    },
  };
}

/** A window of `length` bytes, from `offset`, into a larger content. */
export function rangeContent(base: Content, offset: number, length: number): Content {
  assertWithin(base.size, offset, length);
  return {
    size: length,
    place: { of: base, offset },
    async readInto(target, at) {
      assertWithin(length, at, target.length);
      await base.readInto(target, offset + at);
    },
  };
}

/**
 * A file with holes: `pieces` are stored one after the other in `stored`, each belonging at its own offset.
 * @param pieces ascending, disjoint, within `size`; their lengths add up to at most `stored.size`
 */
export function sparseContent(
  stored: Content,
  pieces: readonly ByteRange[],
  size: number,
): Content {
  const placed = placePieces(stored, pieces, size);
  return {
    size,
    dataRanges: pieces.filter(piece => piece.length > 0),
    async readInto(target, offset) {
      assertWithin(size, offset, target.length);
      target.fill(0);
      const end = offset + target.length;
      for (let index = firstEndingAfter(placed, offset); index < placed.length; index += 1) {
        const piece = placed[index];
        if (!piece || piece.offset >= end) return;
        const from = Math.max(offset, piece.offset);
        const to = Math.min(end, piece.offset + piece.length);
        const part = target.subarray(from - offset, to - offset);
        if (part.length > 0) await stored.readInto(part, piece.storedAt + from - piece.offset);
      }
    },
  };
}

/** Index of the first piece that ends behind `offset`: a hostile file has tens of thousands of pieces. */
function firstEndingAfter(pieces: readonly ByteRange[], offset: number): number {
  return partitionPoint(pieces.length, index => {
    const piece = pieces[index];
    return piece !== undefined && piece.offset + piece.length <= offset;
  });
}

/** The bytes from `offset`, in a new array. `length` defaults to the rest; the caller bounds it. */
export async function readBytes(
  content: Content,
  offset = 0,
  length = content.size - offset,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  await content.readInto(bytes, offset);
  return bytes;
}

/** The content in pieces of `chunkSize` bytes, the last one shorter. The array is reused: copy what is kept. */
export async function* streamContent(
  content: Content,
  chunkSize = 1 << 18,
): AsyncGenerator<Uint8Array, void, undefined> {
  const buffer = new Uint8Array(Math.min(chunkSize, content.size));
  for (let offset = 0; offset < content.size; offset += buffer.length) {
    const chunk = buffer.subarray(0, Math.min(buffer.length, content.size - offset));
    await content.readInto(chunk, offset);
    yield chunk;
  }
}

function placePieces(stored: Content, pieces: readonly ByteRange[], size: number) {
  let storedAt = 0;
  let previousEnd = 0;
  return pieces.map(({ offset, length }) => {
    assertWithin(size, offset, length);
    assertWithin(stored.size, storedAt, length);
    if (offset < previousEnd) throw new RangeError(`piece at ${offset} overlaps the one before`);
    previousEnd = offset + length;
    const placed = { offset, length, storedAt };
    storedAt += length;
    return placed;
  });
}

function assertWithin(size: number, offset: number, length: number): void {
  const fits = offset >= 0 && length >= 0 && offset + length <= size;
  if (!fits) throw new RangeError(`${length} bytes at ${offset} do not fit into ${size}`);
}
