import type { BuiltImage } from '../builder/build-image.ts';
import type { ImageOptions } from '../command-line/image-options.ts';
import type { OutputFile } from '../host/output-file.ts';
import { runAsRoot } from '../host/run-as-root.ts';
import { type ProgramRequest, runProgram } from '../host/run-program.ts';
import { createStagingTree } from '../host/staging-tree.ts';
import type { FileSystem } from '../image-format.ts';
import { type BuildWatcher, buildPlannedFilesystem, type PlannedImage } from '../pipeline.ts';

interface FilesystemJob {
  readonly format: FileSystem;
  readonly options: ImageOptions;
  readonly planned: PlannedImage;
  readonly watcher: BuildWatcher;
}

/**
 * Lets the program of a file system write an image into `image`, by way of a copy of the tree on disk.
 * @throws ToolError whatever went wrong; the copy is gone then
 */
export async function writeFilesystem(
  { format, options, planned, watcher }: FilesystemJob,
  image: OutputFile,
): Promise<BuiltImage> {
  const { sourceDateEpoch, verify } = options;
  const staging = await createStagingTree();
  const extracted = await createStagingTree();
  try {
    const host = {
      staging,
      extracted,
      image,
      run: stoppable(runProgram, watcher.signal),
      runAsRoot: stoppable(runAsRoot, watcher.signal),
    };
    const build = { format, sourceDateEpoch, verify, ...watcher };
    return await buildPlannedFilesystem(planned, host, build);
  } finally {
    await staging.remove();
    await extracted.remove();
  }
}

/** What a program says that was ended by the signal is of no interest. */
function stoppable<T>(
  run: (request: ProgramRequest) => Promise<T>,
  signal: AbortSignal | undefined,
): (request: ProgramRequest) => Promise<T> {
  if (!signal) return run;
  return async request => {
    signal.throwIfAborted();
    const end = await run({ ...request, signal });
    signal.throwIfAborted();
    return end;
  };
}
