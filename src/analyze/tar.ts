import type { Headers } from 'tar-stream';
import { decode } from 'tar-stream/headers.js';
import type { ByteRange } from '../content.ts';
import { ToolError } from '../errors.ts';
import { type Finding, finding } from '../finding.ts';
import { ArchiveBudget } from './archive-budget.ts';
import { ArchiveDamage } from './archive-damage.ts';
import { type MemberFrame, TarFraming } from './tar-framing.ts';
import { type TarHeader, type TarMember, tarMember } from './tar-member.ts';

/** A tar archive that has been read to its end. */
export interface TarContents {
  /** In the archive's order; their data are places in the inflated archive. */
  readonly members: readonly TarMember[];
  readonly findings: readonly Finding[];
  /** Length of the inflated archive, with all that follows its end. */
  readonly size: number;
}

export interface TarInput {
  /** The inflated archive. A chunk is not kept beyond the next one. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Keeps the archive's bytes, in order, while they are parsed. Absent: they can be read again anyway. */
  readonly store?: (chunk: Uint8Array) => Promise<void>;
  /** Told of every file without holes as soon as its header was read. */
  readonly onFile?: (data: ByteRange) => void;
  /** Whether a checksum of the whole proves that nothing is missing where the end marker is. */
  readonly sealed: boolean;
  /** Gets what is odd but harmless. */
  readonly notes: Set<string>;
}

/**
 * Reads a tar archive of any common format to its end.
 * @throws ToolError `archive-truncated`, `archive-corrupt`, `archive-too-large`, `unsafe-entry`
 */
export async function readTar(input: TarInput): Promise<TarContents> {
  const reader = new TarReader(input);
  try {
    for await (const chunk of input.chunks) {
      const storing = reader.ended ? undefined : input.store?.(chunk);
      await Promise.all([storing, reader.take(chunk)]);
    }
    return reader.finish(input.sealed);
  } catch (error) {
    throw error instanceof ArchiveDamage ? reader.located(error) : error;
  }
}

class TarReader {
  readonly #notes: Set<string>;
  readonly #onFile: TarInput['onFile'];
  readonly #framing: TarFraming;
  readonly #members: TarMember[] = [];
  readonly #findings: Finding[] = [];
  readonly #budget = new ArchiveBudget();
  #taken = 0;
  /** Path of the member begun last, and of the one before. */
  #lastPath: string | undefined;
  #pathBefore: string | undefined;

  constructor({ notes, onFile }: TarInput) {
    this.#notes = notes;
    this.#onFile = onFile;
    this.#framing = new TarFraming(notes);
  }

  get ended(): boolean {
    return this.#framing.ended;
  }

  async take(chunk: Uint8Array): Promise<void> {
    for (const frame of this.#framing.push(chunk)) {
      this.#takeMember(frame, decodeHeader(frame.header));
      this.#taken += 1;
    }
  }

  finish(sealed: boolean): TarContents {
    const framing = this.#framing;
    if (framing.withinMember || !(framing.ended || sealed)) {
      throw new ArchiveDamage('truncated', 'the archive ends before its end marker');
    }
    if (!framing.ended) this.#notes.add('the archive has no end marker');
    return { members: this.#members, findings: this.#findings, size: framing.offset };
  }

  /** The damage with the place where it was met. */
  located(damage: ArchiveDamage): ToolError {
    const { members, withinData, offset } = this.#framing;
    const dataMissing = withinData && this.#taken === members;
    const entry = dataMissing ? this.#taken : this.#taken + 1;
    const at = damage.at ?? offset;
    if (damage.kind === 'corrupt') {
      const facts = { at, entry, reason: damage.message };
      return new ToolError('archive-corrupt', facts, { cause: damage });
    }
    const lastGood = dataMissing ? this.#pathBefore : this.#lastPath;
    const facts = { at, entry, ...(lastGood !== undefined && { lastGood }) };
    return new ToolError('archive-truncated', facts, { cause: damage });
  }

  #takeMember(frame: MemberFrame, header: TarHeader): void {
    if (frame.typeflag === 'V') return; // GNU tar's label for the volume: a name for the archive itself
    const member = tarMember(frame, header, this.#notes);
    this.#pathBefore = this.#lastPath;
    this.#lastPath = member.path;
    if (member.kind !== 'skipped') {
      this.#budget.spend(member, contentSize(member));
      if (member.kind === 'file' && !member.data.sparse) this.#onFile?.(member.data);
      this.#members.push(member);
      return;
    }
    const message = `left out: entries of the type ${JSON.stringify(member.typeflag)} are unknown`;
    this.#findings.push(finding('TX611', { path: member.path, message }));
  }
}

/**
 * tar-stream's decoder alone, without its streams: it sees neither data nor extensions, which {@link TarFraming} takes
 * off. Contents are ranges of the stored archive, and the reasons for the extensions are told there. latin1 keeps the
 * bytes of names that are not UTF-8.
 */
function decodeHeader(block: Uint8Array): TarHeader {
  const header = decode(block, 'latin1', true);
  if (!header) throw new Error('the framing let a header of zeros pass');
  return plainFacts(header);
}

function contentSize(member: TarMember): number {
  return member.kind === 'file' ? (member.data.sparse?.size ?? member.data.length) : 0;
}

function plainFacts(header: Headers): TarHeader {
  return {
    name: header.name,
    linkName: header.linkname ?? '',
    mode: header.mode ?? Number.NaN,
    uid: header.uid ?? Number.NaN,
    gid: header.gid ?? Number.NaN,
    mtime: (header.mtime?.getTime() ?? Number.NaN) / 1000,
    major: header.devmajor ?? Number.NaN,
    minor: header.devminor ?? Number.NaN,
  };
}
