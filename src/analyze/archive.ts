import type { ByteRange, Content } from '../content.ts';
import { ToolError } from '../errors.ts';
import { releasedExtension } from '../extension-release-path.ts';
import type { Finding } from '../finding.ts';
import { baseName } from '../path-names.ts';
import { INFLATION_ALLOWANCE, MAX_INFLATED_BYTES, MAX_INFLATION_RATIO } from './archive-limits.ts';
import { ByteSource } from './byte-source.ts';
import type { Entry } from './entry.ts';
import { entriesOf } from './entry-table.ts';
import { gunzip } from './gunzip.ts';
import { type InputKind, inputKind, SNIFF_LENGTH } from './input-kind.ts';
import { readSquashfs } from './squashfs.ts';
import { readTar } from './tar.ts';
import { withContent } from './tar-member.ts';

/** An archive that somebody else has opened. */
export interface ArchiveInput {
  /** What the user called it, for errors. */
  readonly name: string;
  /** Length in bytes, where it is known before the end. */
  readonly size?: number;
  /** All bytes from the first; asked for once. A chunk is not kept beyond the next one. */
  stream(): AsyncIterable<Uint8Array>;
  /** The same bytes in any order: there for a regular file. A plain tar is then read in place. */
  readonly random?: Content;
}

/** Where the inflated archive is kept, as its entries are read in any order, and more than once. */
export interface Spool {
  /** The chunk may be reused when this resolves. */
  append(chunk: Uint8Array): Promise<void>;
  /** Told before they are appended which bytes will be a file's: the work on them may begin while the rest is read. */
  expectFile?(range: ByteRange): void;
  /** Everything appended; asked for once, after the last append. */
  content(): Content;
}

export interface ArchiveContents {
  readonly format: 'tar' | 'tar.gz' | 'squashfs';
  /** By path in the order of comparePaths: parents before children. */
  readonly entries: readonly Entry[];
  /** Length in bytes of the inflated archive. */
  readonly uncompressedSize: number;
  /** What was left out (TX611). */
  readonly findings: readonly Finding[];
  /** Oddities of the archive as such that cost nothing: trailing data, a missing end marker. */
  readonly notes: readonly string[];
}

/**
 * Reads an archive, told by its content and not by its name, to its end. Memory grows with the number of entries
 * only.
 * @param onBytes told how many bytes of the input have been read so far
 * @throws ToolError `input-empty`, `input-not-archive`, `already-sysext`, `archive-truncated`, `archive-corrupt`,
 *   `archive-too-large`, `unsafe-entry`
 */
export async function readArchive(
  input: ArchiveInput,
  spool: Spool,
  onBytes?: (compressedBytesRead: number) => void,
): Promise<ArchiveContents> {
  const source = new ByteSource(input.stream(), onBytes);
  try {
    const head = await source.peek(SNIFF_LENGTH);
    if (head.length === 0) throw new ToolError('input-empty', { path: input.name });
    const kind = inputKind(head);
    switch (kind.format) {
      case 'tar':
        return await readPlainTar(input, source, spool);
      case 'gzip':
        return await readGzippedTar(input, source, spool);
      case 'squashfs':
        return await readSquashfsImage(input, source, spool);
      default:
        throw notArchive(input, kind.kind, kind.suggestion);
    }
  } finally {
    source.close();
  }
}

async function readPlainTar(
  input: ArchiveInput,
  source: ByteSource,
  spool: Spool,
): Promise<ArchiveContents> {
  const { random } = input;
  return readTarOf(input, {
    format: 'tar',
    chunks: withinBudget(source, () => Number.POSITIVE_INFINITY),
    content: random ? () => random : () => spool.content(),
    notes: new Set(),
    ...(random === undefined && { spool }),
  });
}

async function readGzippedTar(
  input: ArchiveInput,
  source: ByteSource,
  spool: Spool,
): Promise<ArchiveContents> {
  const notes = new Set<string>();
  const inflated = withinBudget(gunzip(source, notes), () =>
    Math.max(INFLATION_ALLOWANCE, source.bytesPulled * MAX_INFLATION_RATIO),
  );
  return readTarOf(input, {
    format: 'tar.gz',
    chunks: onlyTar(input, new ByteSource(inflated)),
    content: () => spool.content(),
    notes,
    spool,
  });
}

/** An image is read in any order, so what comes as a stream is kept first. */
async function readSquashfsImage(
  input: ArchiveInput,
  source: ByteSource,
  spool: Spool,
): Promise<ArchiveContents> {
  for await (const chunk of source) if (!input.random) await spool.append(chunk);
  const image = input.random ?? spool.content();
  const { members, size } = await readSquashfs(image, input.name);
  const entries = entriesOf(members);
  assertNoSysext(input, entries);
  return { format: 'squashfs', entries, uncompressedSize: size, findings: [], notes: [] };
}

interface TarStream {
  readonly format: 'tar' | 'tar.gz';
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly spool?: Spool;
  content(): Content;
  readonly notes: Set<string>;
}

async function readTarOf(input: ArchiveInput, tar: TarStream): Promise<ArchiveContents> {
  const { spool, format, chunks, notes } = tar;
  const { members, findings, size } = await readTar({
    chunks,
    sealed: format === 'tar.gz',
    notes,
    ...(spool && {
      store: chunk => spool.append(chunk),
      onFile: range => spool.expectFile?.(range),
    }),
  });
  const content = tar.content();
  const entries = entriesOf(members.map(member => withContent(member, content)));
  assertNoSysext(input, entries);
  return { format, entries, uncompressedSize: size, findings, notes: [...notes] };
}

/** Passes the bytes on if they are a tar archive. */
async function* onlyTar(
  input: ArchiveInput,
  inflated: ByteSource,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    const head = await inflated.peek(SNIFF_LENGTH);
    const kind: InputKind = head.length === 0 ? { kind: 'nothing' } : inputKind(head);
    if (kind.format !== 'tar') throw notArchive(input, `a gzip file that holds ${kindText(kind)}`);
    yield* inflated;
  } finally {
    inflated.close();
  }
}

/** Passes the bytes on until they are more than an honest archive has. */
async function* withinBudget(
  chunks: AsyncIterable<Uint8Array>,
  allowed: () => number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > MAX_INFLATED_BYTES) throw tooLarge(MAX_INFLATED_BYTES);
    if (size > allowed()) throw tooLarge(`${MAX_INFLATION_RATIO} times its compressed size`);
    yield chunk;
  }
}

function assertNoSysext(input: ArchiveInput, entries: readonly Entry[]): void {
  const release = entries.find(({ path }) => releasedExtension(path) !== undefined);
  if (release === undefined) return;
  const extensionRelease = baseName(release.path);
  throw new ToolError('already-sysext', { path: input.name, extensionRelease });
}

function kindText(kind: InputKind): string {
  if (kind.format === undefined) return kind.kind;
  return kind.format === 'gzip' ? 'another gzip file' : `a ${kind.format} image`;
}

function notArchive(input: ArchiveInput, kind: string, suggestion?: string): ToolError {
  const facts = { path: input.name, kind, ...(suggestion !== undefined && { suggestion }) };
  return new ToolError('input-not-archive', facts);
}

function tooLarge(limit: string | number): ToolError {
  return new ToolError('archive-too-large', { what: 'the inflated archive', limit });
}
