import { type Content, readBytes } from '../content.ts';

/** A program header: what of the file is mapped where. Offsets, addresses and sizes in bytes. */
export interface Segment {
  readonly type: number;
  readonly offset: bigint;
  readonly address: bigint;
  readonly fileSize: bigint;
  readonly align: bigint;
}

/** Bytes: sizes, and where the fields of the ELF header and of a program header are (gABI, of both classes). */
const FIELDS = {
  32: {
    headerSize: 52,
    programHeaders: { offset: 28, entrySize: 42, count: 44 },
    programHeader: { size: 32, offset: 4, address: 8, fileSize: 16, align: 28 },
  },
  64: {
    headerSize: 64,
    programHeaders: { offset: 32, entrySize: 54, count: 56 },
    programHeader: { size: 56, offset: 8, address: 16, fileSize: 32, align: 48 },
  },
} as const;

const EI_CLASS = 4;
const EI_DATA = 5;
const LITTLE_ENDIAN = 1;
const BIG_ENDIAN = 2;

/** Values of e_ident[EI_CLASS]. */
const CLASSES: Readonly<Record<number, 32 | 64>> = { 1: 32, 2: 64 };

const TYPES = ['other', 'relocatable', 'executable', 'shared-object', 'core'] as const;

/** The class, byte order and headers of one ELF file: everything that depends on its word size. */
export class ElfLayout {
  readonly bits: 32 | 64;
  readonly littleEndian: boolean;
  readonly type: (typeof TYPES)[number];
  readonly architecture: string;
  readonly #content: Content;
  readonly #header: Uint8Array;

  private constructor(content: Content, header: Uint8Array, bits: 32 | 64) {
    this.#content = content;
    this.#header = header;
    this.bits = bits;
    this.littleEndian = header[EI_DATA] === LITTLE_ENDIAN;
    this.type = TYPES[this.u16(header, 16)] ?? 'other';
    this.architecture = architectureName(this.u16(header, 18), this.bits, this.littleEndian);
  }

  /** Undefined when the content has no ELF header of a known class and byte order. */
  static async of(content: Content): Promise<ElfLayout | undefined> {
    const header = await readBytes(content, 0, Math.min(FIELDS[64].headerSize, content.size));
    const bits = CLASSES[header[EI_CLASS] ?? 0];
    const isElf =
      bits !== undefined &&
      header.length >= FIELDS[bits].headerSize &&
      Buffer.from(header.subarray(0, 4)).toString('latin1') === '\x7fELF' &&
      (header[EI_DATA] === LITTLE_ENDIAN || header[EI_DATA] === BIG_ENDIAN);
    return isElf ? new ElfLayout(content, header, bits) : undefined;
  }

  /** Bytes. */
  get fileSize(): number {
    return this.#content.size;
  }

  get wordSize(): 4 | 8 {
    return this.bits === 64 ? 8 : 4;
  }

  async segments(most: number): Promise<readonly Segment[]> {
    const { programHeaders, programHeader } = FIELDS[this.bits];
    const offset = this.word(this.#header, programHeaders.offset);
    const entrySize = this.u16(this.#header, programHeaders.entrySize);
    const count = Math.min(this.u16(this.#header, programHeaders.count), most);
    if (entrySize < programHeader.size) return [];
    const table = await this.slice(offset, BigInt(entrySize * count), entrySize * count);
    const segments: Segment[] = [];
    for (let at = 0; at + entrySize <= table.length; at += entrySize) {
      segments.push({
        type: this.u32(table, at),
        offset: this.word(table, at + programHeader.offset),
        address: this.word(table, at + programHeader.address),
        fileSize: this.word(table, at + programHeader.fileSize),
        align: this.word(table, at + programHeader.align),
      });
    }
    return segments;
  }

  /** At most `most` of the `length` bytes at `offset`; fewer, down to none, where the file ends before. */
  async slice(offset: bigint, length: bigint, most: number): Promise<Uint8Array> {
    const size = BigInt(this.#content.size);
    if (offset >= size) return new Uint8Array();
    const wanted = [length, BigInt(most), size - offset].reduce((a, b) => (a < b ? a : b));
    return readBytes(this.#content, Number(offset), Number(wanted));
  }

  u16(bytes: Uint8Array, at: number): number {
    return view(bytes).getUint16(at, this.littleEndian);
  }

  u32(bytes: Uint8Array, at: number): number {
    return view(bytes).getUint32(at, this.littleEndian);
  }

  word(bytes: Uint8Array, at: number): bigint {
    if (this.bits === 64) return view(bytes).getBigUint64(at, this.littleEndian);
    return BigInt(view(bytes).getUint32(at, this.littleEndian));
  }
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** e_machine values (ELF registry) to the names of systemd's architecture table. */
function architectureName(machine: number, bits: 32 | 64, little: boolean): string {
  const wide = bits === 64;
  switch (machine) {
    case 62:
      return 'x86-64';
    case 3:
      return 'x86';
    case 183:
      return little ? 'arm64' : 'arm64-be';
    case 40:
      return little ? 'arm' : 'arm-be';
    case 21:
      return little ? 'ppc64-le' : 'ppc64';
    case 20:
      return little ? 'ppc-le' : 'ppc';
    case 22:
      return wide ? 's390x' : 's390';
    case 243:
      return wide ? 'riscv64' : 'riscv32';
    case 258:
      return wide ? 'loongarch64' : `machine-${machine}`;
    case 8:
      return `mips${wide ? '64' : ''}${little ? '-le' : ''}`;
    case 2:
    case 18:
      return 'sparc';
    case 43:
      return 'sparc64';
    case 15:
      return wide ? 'parisc64' : 'parisc';
    case 50:
      return 'ia64';
    case 0x9026:
      return 'alpha';
    case 4:
      return 'm68k';
    default:
      return `machine-${machine}`;
  }
}
