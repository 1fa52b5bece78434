import { type Content, rangeContent, sparseContent } from '../content.ts';
import { fileNode } from '../file-node.ts';
import { pathText } from '../path-text.ts';
import { ArchiveDamage } from './archive-damage.ts';
import { assertSymlinkTarget, entryPath, unsafe } from './entry-path.ts';
import type { ArchiveMember } from './entry-table.ts';
import { paxInteger, paxSeconds } from './pax.ts';
import { paxXattrs } from './pax-xattrs.ts';
import type { MemberFrame, StoredData } from './tar-framing.ts';

/** What a plain tar header says. Texts are binary strings: one character for each byte. */
export interface TarHeader {
  readonly name: string;
  readonly linkName: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since the epoch. */
  readonly mtime: number;
  readonly major: number;
  readonly minor: number;
}

/** A member past the door, its data still a place in the inflated archive. */
export type TarMember = MemberOf<ArchiveMember>;

type MemberOf<M> = M extends { readonly content: Content }
  ? Omit<M, 'content'> & { readonly data: StoredData }
  : M;

/** A member that has no place in an image. */
export interface SkippedMember {
  readonly kind: 'skipped';
  readonly path: string;
  readonly typeflag: string;
}

/** The kernel shows an owner that does not fit into 32 bits as this one (fs.overflowuid in proc(5)). */
const OVERFLOW_ID = 65534;
const MAX_U32 = 2 ** 32 - 1;

/** Device numbers of Linux have 12 bits for the driver, 20 for the device. */
const MAX_MAJOR = 2 ** 12 - 1;
const MAX_MINOR = 2 ** 20 - 1;

/**
 * Joins what the header and the extensions say about a member: PAX over GNU's long names over the header.
 * @throws ToolError `unsafe-entry`, ArchiveDamage
 */
export function tarMember(
  frame: MemberFrame,
  header: TarHeader,
  notes: Set<string>,
): TarMember | SkippedMember {
  const name = memberName(frame, header);
  const path = entryPath(name);
  const { pax, typeflag } = frame;
  const meta = {
    path,
    mode: integer(header.mode, 'mode') & 0o7777,
    uid: ownerId(paxInteger(pax, 'uid') ?? header.uid, notes),
    gid: ownerId(paxInteger(pax, 'gid') ?? header.gid, notes),
    mtime: clampedTime(paxSeconds(pax, 'mtime') ?? header.mtime),
    xattrs: paxXattrs(path, pax),
  };
  switch (typeflag) {
    case '0':
    case '7':
    case 'S':
      // The format before POSIX knew directories only by the slash at their names' end.
      if (name.endsWith('/')) return { ...meta, kind: 'directory' };
      return { ...meta, kind: 'file', data: frame.data };
    case '1':
      return { ...meta, kind: 'hardlink', target: entryPath(linkTarget(frame, header)) };
    case '2': {
      const target = linkTarget(frame, header);
      assertSymlinkTarget(path, target);
      return { ...meta, kind: 'symlink', target };
    }
    case '3':
      return { ...meta, kind: 'char-device', ...deviceNumber(path, header) };
    case '4':
      return { ...meta, kind: 'block-device', ...deviceNumber(path, header) };
    case '5':
    case 'D': // GNU tar --incremental: a directory with the list of its files for data
      return { ...meta, kind: 'directory' };
    case '6':
      return { ...meta, kind: 'fifo' };
    case 'M':
      throw new ArchiveDamage('corrupt', 'the archive is one volume of several');
    default:
      return { kind: 'skipped', path, typeflag };
  }
}

/** The member with its content, which lies in the inflated archive `tar`. */
export function withContent(member: TarMember, tar: Content): ArchiveMember {
  if (member.kind !== 'file') return member;
  const { data } = member;
  const stored = rangeContent(tar, data.offset, data.length);
  const { sparse } = data;
  const content = sparse ? sparseContent(stored, sparse.pieces, sparse.size) : stored;
  return fileNode(member, content);
}

function memberName({ pax, longName, data }: MemberFrame, header: TarHeader): string {
  const sparseName = data.sparse && pax.get('GNU.sparse.name');
  return rawText(sparseName ?? pax.get('path'), longName, header.name);
}

function linkTarget({ pax, longLink }: MemberFrame, header: TarHeader): string {
  return rawText(pax.get('linkpath'), longLink, header.linkName);
}

function rawText(
  paxValue: Uint8Array | undefined,
  gnuValue: Uint8Array | undefined,
  headerValue: string,
): string {
  if (paxValue) return pathText(paxValue);
  if (!gnuValue) return pathText(Buffer.from(headerValue, 'latin1'));
  const end = gnuValue.indexOf(0);
  return pathText(end < 0 ? gnuValue : gnuValue.subarray(0, end));
}

function ownerId(value: number, notes: Set<string>): number {
  integer(value, 'owner');
  if (value >= 0 && value <= MAX_U32) return value;
  notes.add(`owners that do not fit into 32 bits became ${OVERFLOW_ID}, as the kernel shows them`);
  return OVERFLOW_ID;
}

function clampedTime(seconds: number): number {
  return Math.min(Math.max(integer(seconds, 'modification time'), 0), MAX_U32);
}

function deviceNumber(path: string, { major, minor }: TarHeader) {
  integer(major, 'device number');
  integer(minor, 'device number');
  const exists = major >= 0 && major <= MAX_MAJOR && minor >= 0 && minor <= MAX_MINOR;
  if (!exists)
    throw unsafe(path, `has a device number that Linux does not have: ${major}:${minor}`);
  return { major, minor };
}

function integer(value: number, what: string): number {
  if (Number.isInteger(value)) return value;
  throw new ArchiveDamage('corrupt', `the ${what} of the entry is not a number`);
}
