import { basename, dirname, join } from 'node:path';
import type { BuiltImage } from '../builder/build-image.ts';
import type { ImageOptions } from '../command-line/image-options.ts';
import type { PendingOutput } from '../host/commit-all.ts';
import { lockedUpdate } from '../host/locked-update.ts';
import { createOutputFile, exists } from '../host/output-file.ts';
import { presentBytes } from '../host/present-bytes.ts';
import { pathBytes, pathText } from '../path-text.ts';
import type { PlannedImage } from '../pipeline.ts';
import { SUMS_NAME, withSha256Sum } from '../publish/sha256sums.ts';
import { transferText } from '../publish/transfer-file.ts';
import type { OutputPaths } from './output-paths.ts';

export interface Publication {
  /** In the order in which they are to get their names. */
  readonly outputs: readonly PendingOutput[];
  /** What whoever publishes should know, one sentence each. */
  readonly notes: readonly string[];
  /** The transfer files that will be there, by their names. */
  readonly transfers: readonly TransferFile[];
}

export interface TransferFile {
  readonly name: string;
  readonly text: string;
}

interface PublishRequest {
  readonly options: ImageOptions;
  readonly paths: OutputPaths;
  readonly planned: PlannedImage;
  readonly built: BuiltImage;
}

/**
 * Prepares the files that offer an image to nodes. The list of checksums is locked from here until it is committed or
 * aborted, and comes last: it must not name an image that is not there.
 * @throws ToolError what keeps one of them from being written; nothing is left behind then
 */
export async function publishImage(request: PublishRequest): Promise<Publication> {
  const { sums } = request.paths;
  const outputs: PendingOutput[] = [];
  try {
    const { transfers, notes } = await addTransfers(request, outputs);
    if (sums === undefined) return { outputs, notes, transfers };
    const line = { name: basename(request.paths.image), sha256: request.built.sha256 };
    outputs.push(
      await lockedUpdate(sums, before => pathBytes(withSha256Sum(pathText(before), line))),
    );
    const signature = signatureOf(sums);
    return {
      outputs,
      transfers,
      notes: (await exists(signature))
        ? [...notes, `${signature} does not fit ${sums} any more: sign it again`]
        : notes,
    };
  } catch (error) {
    for (const output of outputs) await output.abort();
    throw error;
  }
}

/** A transfer file that is there stays: whoever publishes may have changed it, and nodes may have it like that. */
async function addTransfers(
  { options, paths, planned }: PublishRequest,
  outputs: PendingOutput[],
): Promise<Pick<Publication, 'transfers' | 'notes'>> {
  const { sysupdate } = options.publish;
  if (sysupdate === undefined) return { transfers: [], notes: [] };
  const { name, architecture } = planned.plan.extension;
  const text = transferText({
    name,
    ...(architecture !== undefined && { architecture }),
    url: sysupdate,
    hasOpt: planned.nodes.some(({ path }) => path.startsWith('opt/')),
    isSigned: await exists(signatureOf(join(dirname(paths.image), SUMS_NAME))),
  });
  const bytes = new TextEncoder().encode(text);
  const notes: string[] = [];
  const transfers: TransferFile[] = [];
  for (const path of paths.transfers) {
    const present = options.force ? undefined : await presentBytes(path);
    transfers.push({ name: basename(path), text: pathText(present ?? bytes) });
    if (present && Buffer.compare(present, bytes) !== 0)
      notes.push(`${path} is kept as it is; --force makes it anew`);
    if (present) continue;
    const file = await createOutputFile(path, options);
    outputs.push(file);
    await file.append([bytes]);
  }
  return { transfers, notes };
}

/** What systemd-sysupdate asks for with `Verify=true`. */
function signatureOf(sums: string): string {
  return `${sums}.gpg`;
}
