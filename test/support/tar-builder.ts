/** Tar archives made by hand, so that tests can have every oddity that real writers and attackers produce. */

export interface MemberOptions {
  readonly name: string | Uint8Array;
  /** Default: `0`, a file. */
  readonly type?: string;
  readonly data?: string | Uint8Array;
  /** Default: the length of `data`. */
  readonly size?: number;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly mtime?: number;
  readonly linkName?: string | Uint8Array;
  readonly major?: number;
  readonly minor?: number;
  /** Default: `ustar`. */
  readonly format?: keyof typeof MAGIC;
  /** The ustar prefix. */
  readonly prefix?: string;
  /** The last word on the header, before its checksum is made. */
  readonly edit?: (header: Buffer) => void;
}

const MAGIC = { ustar: 'ustar\x0000', gnu: 'ustar  \0', v7: '' } as const;

/** A header block and the data behind it, padded. */
export function member(options: MemberOptions): Buffer {
  const data = Buffer.from(options.data ?? '');
  return Buffer.concat([header({ size: data.length, ...options }), padded(data)]);
}

/** A header block alone. */
export function header(options: MemberOptions): Buffer {
  const { mode = 0o644, uid = 0, gid = 0, mtime = 0, size = 0, type = '0' } = options;
  const block = Buffer.alloc(512);
  block.set(Buffer.from(options.name).subarray(0, 100), 0);
  octal(block, [100, 8], mode);
  number(block, [108, 8], uid);
  number(block, [116, 8], gid);
  number(block, [124, 12], size);
  number(block, [136, 12], mtime);
  block.write(type, 156, 'latin1');
  block.set(Buffer.from(options.linkName ?? '').subarray(0, 100), 157);
  block.write(MAGIC[options.format ?? 'ustar'], 257, 'latin1');
  octal(block, [329, 8], options.major ?? 0);
  octal(block, [337, 8], options.minor ?? 0);
  block.write(options.prefix ?? '', 345, 'latin1');
  options.edit?.(block);
  return sealed(block);
}

/** The header with its checksum made anew. */
export function sealed(block: Buffer): Buffer {
  block.fill(' ', 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

export type PaxRecords = readonly (readonly [key: string, value: string | Uint8Array])[];

/** An extended header with its body: `x` for the next member, `g` for all that follow. */
export function pax(records: PaxRecords, type = 'x'): Buffer {
  const data = Buffer.concat(records.map(([key, value]) => paxRecord(key, Buffer.from(value))));
  return member({ name: 'PaxHeaders/x', type, data });
}

/** GNU's long name (`L`) or long link target (`K`). */
export function gnuLong(type: 'L' | 'K', text: string | Uint8Array): Buffer {
  const data = Buffer.concat([Buffer.from(text), Buffer.alloc(1)]);
  return member({ name: '././@LongLink', type, data, format: 'gnu' });
}

/** The parts with the two zero blocks that end an archive. */
export function tar(...parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

export interface SparseOptions extends MemberOptions {
  readonly pieces: readonly (readonly [offset: number, length: number])[];
  readonly realSize: number;
}

/** GNU's old sparse format: four pieces in the header, the rest in blocks of 21. */
export function oldSparse({ pieces, realSize, ...options }: SparseOptions): Buffer {
  const data = Buffer.from(options.data ?? '');
  const head = header({
    size: data.length,
    ...options,
    type: 'S',
    format: 'gnu',
    edit: block => {
      writePieces(block, 386, pieces.slice(0, 4));
      block[482] = pieces.length > 4 ? 1 : 0;
      number(block, [483, 12], realSize);
    },
  });
  const extensions: Buffer[] = [];
  for (let at = 4; at < pieces.length; at += 21) {
    const block = Buffer.alloc(512);
    writePieces(block, 0, pieces.slice(at, at + 21));
    block[504] = at + 21 < pieces.length ? 1 : 0;
    extensions.push(block);
  }
  return Buffer.concat([head, ...extensions, padded(data)]);
}

export function padded(data: Uint8Array): Buffer {
  return Buffer.concat([data, Buffer.alloc((512 - (data.length % 512)) % 512)]);
}

function writePieces(block: Buffer, at: number, pieces: SparseOptions['pieces']): void {
  pieces.forEach(([offset, length], index) => {
    number(block, [at + 24 * index, 12], offset);
    number(block, [at + 24 * index + 12, 12], length);
  });
}

function paxRecord(key: string, value: Uint8Array): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${key}=`), value, Buffer.from('\n')]);
  let length = rest.length;
  while (String(length).length + rest.length !== length)
    length = String(length).length + rest.length;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

/** Where a field of a header begins, and its length. */
type Field = readonly [at: number, length: number];

/** Octal where it fits, GNU's base-256 form otherwise. */
function number(block: Buffer, [at, length]: Field, value: number): void {
  if (value >= 0 && value < 8 ** (length - 1)) {
    octal(block, [at, length], value);
    return;
  }
  const bits = BigInt.asUintN(8 * (length - 1), BigInt(value));
  block[at] = value < 0 ? 0xff : 0x80;
  block.write(bits.toString(16).padStart(2 * (length - 1), '0'), at + 1, 'hex');
}

function octal(block: Buffer, [at, length]: Field, value: number): void {
  block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1');
}
