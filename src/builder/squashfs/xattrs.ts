import { ByteReader } from '../../bytes.ts';
import { comparePaths, pathBytes, pathText } from '../../path-text.ts';
import { ByteWriter } from './byte-writer.ts';
import { NONE, refToU64 } from './format.ts';
import { type CompressBlock, type MetadataBlocks, MetadataWriter } from './metadata-writer.ts';
import type { TakeBytes } from './take-bytes.ts';

/** The namespaces that have a code; `system.` (POSIX ACLs) has none. */
const PREFIXES = ['user.', 'trusted.', 'security.'] as const;
const OUT_OF_LINE = 0x100;
/** XATTR_SIZE_MAX and XATTR_NAME_MAX of the kernel. */
const MAX_XATTR_VALUE = 0x10000;
const MAX_XATTR_NAME = 255;
/** Start of the pairs, number of sets, and an unused field; the positions of the id blocks follow. */
export const XATTR_HEADER_SIZE = 16;
export const XATTR_ID_SIZE = 16;

/** One set of extended attributes: where its pairs start, how many there are, what a stat is told that they take. */
export interface XattrId {
  readonly ref: bigint;
  readonly count: number;
  readonly size: number;
}

export function xattrIdToBytes({ ref, count, size }: XattrId): Uint8Array<ArrayBuffer> {
  return new ByteWriter(XATTR_ID_SIZE).u64(ref).u32(count).u32(size).toBytes();
}

export function parseXattrId(bytes: Uint8Array): XattrId {
  const reader = new ByteReader(bytes);
  return { ref: reader.u64(), count: reader.u32(), size: reader.u32() };
}

/** Collects the attribute sets of all inodes; equal sets are stored once. */
export class XattrWriter {
  readonly #pairs: MetadataWriter;
  readonly #ids: XattrId[] = [];
  readonly #known = new Map<string, number>();

  constructor(compress: CompressBlock) {
    this.#pairs = new MetadataWriter(compress);
  }

  /** The index for an inode's xattr field. @throws RangeError for an attribute that SquashFS cannot hold */
  add(xattrs: ReadonlyMap<string, Uint8Array>): number {
    if (xattrs.size === 0) return NONE;
    const sorted = [...xattrs].sort(([a], [b]) => comparePaths(a, b));
    const bytes = pairsToBytes(sorted);
    const key = Buffer.from(bytes).toString('latin1');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#ids.push({
      ref: refToU64(this.#pairs.position),
      count: sorted.length,
      size: fullSize(sorted),
    });
    this.#pairs.append(bytes);
    this.#known.set(key, this.#ids.length - 1);
    return this.#ids.length - 1;
  }

  finish(): { pairs: MetadataBlocks; ids: readonly XattrId[] } {
    return { pairs: this.#pairs.finish(), ids: this.#ids };
  }
}

/** Reads `count` pairs. @param takeAt starts to read at a reference, for values that are stored out of line */
export async function readXattrPairs(
  take: TakeBytes,
  count: number,
  takeAt: (ref: bigint) => TakeBytes,
): Promise<Map<string, Uint8Array>> {
  const xattrs = new Map<string, Uint8Array>();
  for (let left = count; left > 0; left -= 1) {
    const header = new ByteReader(await take(4));
    const type = header.u16();
    const nameLength = header.u16();
    if (nameLength > MAX_XATTR_NAME)
      throw new RangeError(`the name of an extended attribute has ${nameLength} bytes`);
    const name = pathText((await take(nameLength)).slice());
    const inline = await readValue(take);
    const value =
      type & OUT_OF_LINE ? await readValue(takeAt(new ByteReader(inline).u64())) : inline;
    const prefix = PREFIXES[type & ~OUT_OF_LINE];
    // The kernel skips the namespaces that it does not know, too.
    if (prefix) xattrs.set(prefix + name, value);
  }
  return xattrs;
}

async function readValue(take: TakeBytes): Promise<Uint8Array> {
  const length = new ByteReader(await take(4)).u32();
  if (length > MAX_XATTR_VALUE) throw new RangeError(`an extended attribute of ${length} bytes`);
  return (await take(length)).slice();
}

function pairsToBytes(xattrs: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const writer = new ByteWriter(256);
  for (const [fullName, value] of xattrs) {
    const type = PREFIXES.findIndex(prefix => fullName.startsWith(prefix));
    const prefix = PREFIXES[type];
    if (prefix === undefined)
      throw new RangeError(`SquashFS cannot hold the attribute ${fullName}`);
    const name = pathBytes(fullName.slice(prefix.length));
    assertSizes(fullName, name, value);
    writer.u16(type).u16(name.length).bytes(name).u32(value.length).bytes(value);
  }
  return writer.toBytes();
}

function assertSizes(fullName: string, name: Uint8Array, value: Uint8Array): void {
  const nameFits = name.length > 0 && pathBytes(fullName).length <= MAX_XATTR_NAME;
  if (nameFits && value.length <= MAX_XATTR_VALUE) return;
  throw new RangeError(`the attribute ${fullName} is too long`);
}

/** As mksquashfs counts: names with their prefix and a NUL, and the values. */
function fullSize(xattrs: readonly (readonly [string, Uint8Array])[]): number {
  return xattrs.reduce((sum, [name, value]) => sum + pathBytes(name).length + 1 + value.length, 0);
}
