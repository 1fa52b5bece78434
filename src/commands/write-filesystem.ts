import type { BuiltImage } from '../builder/build-image.ts';
import type { ImageOptions } from '../command-line/image-options.ts';
import type { OutputFile } from '../host/output-file.ts';
import { runAsRoot } from '../host/run-as-root.ts';
import { runProgram } from '../host/run-program.ts';
import { createStagingTree } from '../host/staging-tree.ts';
import type { FileSystem } from '../image-format.ts';
import { buildPlannedFilesystem, type PlannedImage } from '../pipeline.ts';
import type { PipelineEvent } from '../pipeline-event.ts';

interface FilesystemJob {
  readonly format: FileSystem;
  readonly options: ImageOptions;
  readonly planned: PlannedImage;
  readonly onEvent: (event: PipelineEvent) => void;
}

/**
 * Lets the program of a file system write an image into `image`, by way of a copy of the tree on disk.
 * @throws ToolError whatever went wrong; the copy is gone then
 */
export async function writeFilesystem(
  { format, options, planned, onEvent }: FilesystemJob,
  image: OutputFile,
): Promise<BuiltImage> {
  const { sourceDateEpoch, verify } = options;
  const staging = await createStagingTree();
  const extracted = await createStagingTree();
  try {
    const host = { staging, extracted, image, run: runProgram, runAsRoot };
    const build = { format, sourceDateEpoch, verify, onEvent };
    return await buildPlannedFilesystem(planned, host, build);
  } finally {
    await staging.remove();
    await extracted.remove();
  }
}
