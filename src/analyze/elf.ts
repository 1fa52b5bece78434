import type { Content } from '../content.ts';
import { ElfLayout, type Segment } from './elf-layout.ts';
import { ElfStrings } from './elf-strings.ts';

/** What an ELF file says about the machine and the libraries that it needs. */
export interface ElfFacts {
  /** systemd's name for the architecture (`x86-64`, `arm64`), or `machine-N` for one that it has no name for. */
  readonly architecture: string;
  readonly bits: 32 | 64;
  readonly endianness: 'little' | 'big';
  readonly type: 'executable' | 'shared-object' | 'relocatable' | 'core' | 'other';
  /** The program interpreter (dynamic loader), null for a static program or a library without one. */
  readonly interpreter: string | null;
  /** DT_NEEDED, in order. */
  readonly needed: readonly string[];
  readonly soname: string | null;
  /** DT_RPATH and DT_RUNPATH, split at colons. */
  readonly rpath: readonly string[];
  readonly runpath: readonly string[];
  /** The GNU build id in hexadecimal. */
  readonly buildId: string | null;
  /** Linked dynamically: it has an interpreter or needs libraries. */
  readonly dynamic: boolean;
}

const PT_DYNAMIC = 2;
const PT_INTERP = 3;
const PT_NOTE = 4;
const PT_LOAD = 1;

const DT_NULL = 0n;
const DT_NEEDED = 1n;
const DT_STRTAB = 5n;
const DT_STRSZ = 10n;
const DT_SONAME = 14n;
const DT_RPATH = 15n;
const DT_RUNPATH = 29n;

const NT_GNU_BUILD_ID = 3;

/**
 * Real files stay far below each of these. A file that claims more is lying about its size or is built to be slow to
 * read, so the rest is not looked at.
 */
const MAX_PROGRAM_HEADERS = 1024;
const MAX_INTERPRETER_BYTES = 4096;
const MAX_DYNAMIC_BYTES = 1 << 20;
/** Of all note segments together. */
const MAX_NOTE_BYTES = 1 << 16;
/** Each is asked for each library. */
const MAX_SEARCH_PATHS = 64;

/**
 * Reads the headers of an ELF file (System V gABI chapters 4 and 5); undefined when it is none. A damaged one gives
 * the facts that can be read: it is the user's file, not ours to refuse.
 */
export async function readElf(content: Content): Promise<ElfFacts | undefined> {
  const layout = await ElfLayout.of(content);
  if (!layout) return undefined;
  const segments = await layout.segments(MAX_PROGRAM_HEADERS);
  const interpreter = await readInterpreter(layout, segments);
  const dynamic = await readDynamic(layout, segments);
  return {
    architecture: layout.architecture,
    bits: layout.bits,
    endianness: layout.littleEndian ? 'little' : 'big',
    type: layout.type,
    interpreter,
    ...dynamic,
    buildId: await readBuildId(layout, segments),
    dynamic: interpreter !== null || dynamic.needed.length > 0,
  };
}

async function readInterpreter(layout: ElfLayout, segments: readonly Segment[]) {
  const segment = segments.find(({ type }) => type === PT_INTERP);
  if (!segment) return null;
  const bytes = await layout.slice(segment.offset, segment.fileSize, MAX_INTERPRETER_BYTES);
  return bytes.length > 0 ? cString(bytes, 0) : null;
}

async function readDynamic(layout: ElfLayout, segments: readonly Segment[]) {
  const entries = await dynamicEntries(layout, segments);
  const valueOfTag = (tag: bigint) => entries.find(entry => entry.tag === tag)?.value;
  const address = valueOfTag(DT_STRTAB);
  const table = address === undefined ? undefined : fileOffset(segments, address);
  const strings = await ElfStrings.of(layout, {
    offset: table ?? 0n,
    size: table === undefined ? 0n : (valueOfTag(DT_STRSZ) ?? 0n),
  });
  const needed: string[] = [];
  for (const { tag, value } of entries) {
    const name = tag === DT_NEEDED ? await strings.at(value) : null;
    if (name !== null) needed.push(name);
  }
  const searchPath = async (tag: bigint): Promise<readonly string[]> => {
    const index = valueOfTag(tag);
    const list = index === undefined ? null : await strings.at(index);
    const parts = list === null ? [] : list.split(':').filter(part => part !== '');
    return parts.slice(0, MAX_SEARCH_PATHS);
  };
  const sonameAt = valueOfTag(DT_SONAME);
  return {
    needed,
    soname: sonameAt === undefined ? null : await strings.at(sonameAt),
    rpath: await searchPath(DT_RPATH),
    runpath: await searchPath(DT_RUNPATH),
  };
}

async function dynamicEntries(layout: ElfLayout, segments: readonly Segment[]) {
  const segment = segments.find(({ type }) => type === PT_DYNAMIC);
  if (!segment) return [];
  const bytes = await layout.slice(segment.offset, segment.fileSize, MAX_DYNAMIC_BYTES);
  const entries: { readonly tag: bigint; readonly value: bigint }[] = [];
  const entrySize = 2 * layout.wordSize;
  for (let at = 0; at + entrySize <= bytes.length; at += entrySize) {
    const tag = layout.word(bytes, at);
    if (tag === DT_NULL) break;
    entries.push({ tag, value: layout.word(bytes, at + layout.wordSize) });
  }
  return entries;
}

/** The dynamic section names addresses; the load segments say where in the file an address lies. */
function fileOffset(segments: readonly Segment[], address: bigint): bigint | undefined {
  const segment = segments.find(
    ({ type, address: start, fileSize }) =>
      type === PT_LOAD && address >= start && address < start + fileSize,
  );
  return segment && segment.offset + (address - segment.address);
}

async function readBuildId(layout: ElfLayout, segments: readonly Segment[]) {
  let left = MAX_NOTE_BYTES;
  for (const segment of segments) {
    if (segment.type !== PT_NOTE) continue;
    const bytes = await layout.slice(segment.offset, segment.fileSize, left);
    left -= bytes.length;
    const id = buildIdIn(layout, bytes, segment.align === 8n ? 8 : 4);
    if (id !== undefined) return id;
  }
  return null;
}

function buildIdIn(layout: ElfLayout, notes: Uint8Array, align: number): string | undefined {
  const padded = (length: number) => Math.ceil(length / align) * align;
  for (let at = 0; at + 12 <= notes.length; ) {
    const nameSize = layout.u32(notes, at);
    const size = layout.u32(notes, at + 4);
    const type = layout.u32(notes, at + 8);
    const start = at + padded(12 + nameSize);
    if (start + size > notes.length) return undefined;
    if (type === NT_GNU_BUILD_ID && cString(notes, at + 12) === 'GNU') {
      return Buffer.from(notes.subarray(start, start + size)).toString('hex');
    }
    at = start + padded(size);
  }
  return undefined;
}

function cString(bytes: Uint8Array, at: number): string {
  const end = bytes.indexOf(0, at);
  return Buffer.from(bytes.subarray(at, end === -1 ? bytes.length : end)).toString('utf8');
}
