import { posix } from 'node:path';
import type { DockerOptions } from '../command-line/docker-options.ts';
import type { Content } from '../content.ts';
import { contentDigest } from '../content-digest.ts';
import { ToolError } from '../errors.ts';
import { contentInput, type InputFile, openInput } from '../host/open-input.ts';
import { openSpool } from '../host/spool.ts';
import { download } from '../network/download.ts';
import type { CommandIo } from './command-io.ts';
import type { Preparation } from './image-command.ts';

/** The largest release had 80 MB; a mirror that sends more is none. */
const MAX_ARCHIVE_BYTES = 1 << 29;

/**
 * Docker's release archive, downloaded or opened, and checked against what the user knows of it.
 * @throws ToolError `download-failed`, `checksum-mismatch`, and as `openInput` and `openSpool` do
 */
export async function openRelease(
  options: Pick<DockerOptions, 'release' | 'sha256'>,
  io: Pick<CommandIo, 'stdin' | 'temporaryDirectory'>,
  preparation: Preparation,
): Promise<InputFile> {
  const { release, sha256 } = options;
  const archive =
    'url' in release
      ? await fetched(release.url, io, preparation)
      : await openInput(release.path, () => io.stdin());
  preparation.atEnd(() => archive.close());
  if (sha256 === undefined) return archive;
  const known = archive.random ? archive : await kept(archive, io, preparation);
  if (known.random) await assertDigest(known.path, known.random, sha256);
  return known;
}

async function fetched(
  url: string,
  { temporaryDirectory }: Pick<CommandIo, 'temporaryDirectory'>,
  { onEvent, atEnd }: Preparation,
): Promise<InputFile> {
  const target = await openSpool(temporaryDirectory);
  atEnd(() => target.close());
  onEvent({ kind: 'stage', stage: 'download' });
  await download({
    url,
    target,
    limit: MAX_ARCHIVE_BYTES,
    onBytes: (done, total) =>
      onEvent({ kind: 'bytes', done, ...(total !== undefined && { total }) }),
    onRetry: (reason, delay) => onEvent({ kind: 'retry', reason, delay }),
  });
  return contentInput(posix.basename(url), target.content());
}

/** What comes as a stream is kept first: nothing of it may be unpacked before all of it is known. */
async function kept(
  archive: InputFile,
  { temporaryDirectory }: Pick<CommandIo, 'temporaryDirectory'>,
  { atEnd }: Preparation,
): Promise<InputFile> {
  const spool = await openSpool(temporaryDirectory);
  atEnd(() => spool.close());
  for await (const chunk of archive.stream()) await spool.append(chunk);
  return contentInput(archive.path, spool.content());
}

async function assertDigest(path: string, content: Content, expected: string): Promise<void> {
  const actual = await contentDigest(content);
  if (actual !== expected) throw new ToolError('checksum-mismatch', { path, expected, actual });
}
