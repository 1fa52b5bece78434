import { crc32, createInflateRaw, type InflateRaw } from 'node:zlib';
import { ToolError } from '../errors.ts';
import { releaseMemory } from '../release-memory.js';
import { ArchiveDamage } from './archive-damage.ts';
import { MAX_GZIP_MEMBERS } from './archive-limits.ts';
import type { ByteSource } from './byte-source.ts';

/** Each piece is a job of the thread pool. Measured with busy threads, the time no longer falls beyond 1 MiB. */
const CHUNK_SIZE = 1 << 20;

const HAS_HEADER_CRC = 0x02;
const HAS_EXTRA = 0x04;
const HAS_NAME = 0x08;
const HAS_COMMENT = 0x10;
const RESERVED = 0xe0;

/**
 * The inflated bytes of a gzip stream (RFC 1952), all its members. Whatever follows the last member is ignored, as
 * gzip(1) does, with a note unless it is zero padding. node:zlib's own gunzip takes it for a broken member and then
 * loses the last piece of the good data, hence the members are told apart here.
 * @throws ArchiveDamage when a member ends early or its data contradict its checksum
 */
export async function* gunzip(
  source: ByteSource,
  notes: Set<string>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let members = 0; await atMember(source); members += 1) {
    if (members === MAX_GZIP_MEMBERS) {
      throw new ToolError('archive-too-large', {
        what: 'the number of gzip members',
        limit: `${MAX_GZIP_MEMBERS}`,
      });
    }
    await readHeader(source);
    yield* inflateMember(source);
  }
  await skipTrailingBytes(source, notes);
}

async function atMember(source: ByteSource): Promise<boolean> {
  const [first, second] = await source.peek(2);
  return first === 0x1f && second === 0x8b;
}

async function readHeader(source: ByteSource): Promise<void> {
  const [, , method, flags = 0] = await takeAll(source, 10);
  if (method !== 8) throw new ArchiveDamage('corrupt', `unknown gzip method ${method}`);
  if (flags & RESERVED) throw new ArchiveDamage('corrupt', 'unknown gzip flags');
  if (flags & HAS_EXTRA) {
    const [low = 0, high = 0] = await takeAll(source, 2);
    await takeAll(source, low + high * 256);
  }
  if (flags & HAS_NAME) await skipText(source);
  if (flags & HAS_COMMENT) await skipText(source);
  if (flags & HAS_HEADER_CRC) await takeAll(source, 2);
}

async function skipText(source: ByteSource): Promise<void> {
  for (let chunk = await source.next(); chunk; chunk = await source.next()) {
    const end = chunk.indexOf(0);
    if (end < 0) continue;
    source.unread(chunk.subarray(end + 1));
    return;
  }
  throw endsEarly();
}

async function* inflateMember(source: ByteSource): AsyncGenerator<Uint8Array, void, undefined> {
  let checksum = 0;
  let length = 0;
  for await (const chunk of inflateRaw(source)) {
    checksum = crc32(chunk, checksum);
    length += chunk.length;
    yield chunk;
  }
  const trailer = Buffer.from(await takeAll(source, 8));
  if (trailer.readUInt32LE(0) !== checksum) {
    throw new ArchiveDamage('corrupt', 'the checksum of the compressed data does not match');
  }
  if (trailer.readUInt32LE(4) !== length % 2 ** 32) {
    throw new ArchiveDamage('corrupt', 'the length of the compressed data does not match');
  }
}

async function* inflateRaw(source: ByteSource): AsyncGenerator<Uint8Array, void, undefined> {
  const inflate = createInflateRaw({ chunkSize: CHUNK_SIZE });
  const feeding = feed(source, inflate);
  try {
    for await (const chunk of inflate) {
      yield chunk;
      // What follows goes into the same buffer as long as there is room.
      const isFull = chunk.byteOffset + chunk.length === chunk.buffer.byteLength;
      if (isFull) releaseMemory(chunk, CHUNK_SIZE);
    }
  } catch (error) {
    throw zlibDamage(error) ?? error;
  } finally {
    inflate.close();
  }
  await feeding;
}

/** Writes to `inflate` until it has seen the end of its data, and puts back what it did not want. */
async function feed(source: ByteSource, inflate: InflateRaw): Promise<void> {
  try {
    let given = 0;
    for (let chunk = await source.next(); chunk; chunk = await source.next()) {
      await write(inflate, chunk);
      given += chunk.length;
      const unused = given - inflate.bytesWritten;
      if (unused > 0) return source.unread(chunk.subarray(chunk.length - unused));
    }
    inflate.end();
  } catch (error) {
    inflate.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

function write(inflate: InflateRaw, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    inflate.write(chunk, error => (error ? reject(error) : resolve()));
  });
}

function zlibDamage(error: unknown): ArchiveDamage | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  if (error.code === 'Z_BUF_ERROR') return endsEarly(error);
  if (error.code !== 'Z_DATA_ERROR') return undefined;
  return new ArchiveDamage('corrupt', `the compressed data are damaged (${error.message})`, {
    cause: error,
  });
}

async function takeAll(source: ByteSource, length: number): Promise<Uint8Array> {
  const bytes = await source.take(length);
  if (bytes.length < length) throw endsEarly();
  return bytes;
}

function endsEarly(cause?: Error): ArchiveDamage {
  return new ArchiveDamage('truncated', 'the compressed data end early', { cause });
}

async function skipTrailingBytes(source: ByteSource, notes: Set<string>): Promise<void> {
  for await (const chunk of source) {
    if (chunk.some(byte => byte !== 0))
      notes.add('data after the end of the gzip stream were ignored');
  }
}
