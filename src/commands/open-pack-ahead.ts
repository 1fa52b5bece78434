import { PackAhead } from '../builder/squashfs/pack-ahead.ts';
import { backlogFor, WorkerPool } from '../builder/squashfs/worker-pool.ts';
import type { ConvertOptions } from '../command-line/convert-options.ts';
import type { InputFile } from '../host/open-input.ts';
import { openSpool, type SpoolFile } from '../host/spool.ts';
import type { CommandIo } from './command-io.ts';
import { squashfsOptions } from './squashfs-options.ts';

interface PackAheadRequest {
  readonly options: ConvertOptions;
  readonly archive: InputFile;
  /** Where the archive will be inflated to. */
  readonly spool: SpoolFile;
  readonly io: Pick<CommandIo, 'temporaryDirectory'>;
}

/** Of a compressed archive: enough to keep a thread busy for as long as it takes to start. */
const BYTES_PER_THREAD = 1 << 20;

/** Undefined where there is nothing to gain: no blocks to pack, or no thread to pack them meanwhile. */
export async function openPackAhead(request: PackAheadRequest): Promise<PackAhead | undefined> {
  const { options, archive, spool, io } = request;
  const { compression, blockSize, jobs } = squashfsOptions(options);
  const threads = Math.min(jobs, Math.floor((archive.size ?? 0) / BYTES_PER_THREAD));
  const isIdle = jobs === 1 || (archive.size !== undefined && threads === 0);
  if (isIdle || options.dryRun || options.imageFormat !== 'squashfs') return undefined;
  const compressor = new WorkerPool(compression, jobs);
  compressor.start(threads);
  try {
    const store = await openSpool(io.temporaryDirectory);
    return new PackAhead({
      blockSize,
      compressor,
      backlog: backlogFor(jobs),
      source: spool,
      store,
    });
  } catch (error) {
    await compressor.close();
    throw error;
  }
}
