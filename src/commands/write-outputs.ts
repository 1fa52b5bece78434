import type { BuiltImage } from '../builder/build-image.ts';
import type { PackAhead } from '../builder/squashfs/pack-ahead.ts';
import type { ImageOptions } from '../command-line/image-options.ts';
import { summarize } from '../convert/build-report.ts';
import type { ImageReport } from '../convert/report.ts';
import { ToolError } from '../errors.ts';
import { commitAll, type PendingOutput } from '../host/commit-all.ts';
import {
  assertNoDirectory,
  createOutputDirectory,
  type OutputDirectory,
} from '../host/output-directory.ts';
import { assertWritable, createOutputFile, type OutputFile } from '../host/output-file.ts';
import { isFileSystem } from '../image-format.ts';
import {
  type BuildWatcher,
  buildPlannedDirectory,
  buildPlannedSquashfs,
  type PlannedImage,
} from '../pipeline.ts';
import type { PipelineEvent } from '../pipeline-event.ts';
import { jsonReport } from '../ui/json-report.ts';
import { markdownReport } from '../ui/markdown-report.ts';
import { usageError } from '../usage-error.ts';
import { isSamePath, type OutputPaths, obstructedPaths } from './output-paths.ts';
import { publishImage } from './publish-image.ts';
import { squashfsOptions } from './squashfs-options.ts';
import { writeFilesystem } from './write-filesystem.ts';
import { writeNodeConfigs } from './write-node-configs.ts';

/** An image that is decided and not made yet, whatever it is made of. */
export interface ImageJob {
  readonly options: ImageOptions;
  readonly paths: OutputPaths;
  readonly planned: PlannedImage;
  /** Has packed blocks of it while it was read. */
  readonly ahead?: PackAhead | undefined;
  /** @throws ToolError `input-changed` when what it is made of is not what was read any more */
  assertUnchanged(): Promise<void>;
  /** @param built absent as long as there is no image, and for a directory */
  report(built?: BuiltImage): ImageReport;
}

/** `archive`, where there is one, as it was given. */
type ImageSettings = ImageOptions & { readonly archive?: string };

export interface Watcher {
  /** What it throws ends the work like any other failure. */
  onEvent(event: PipelineEvent): void;
  /** Ends the work with its reason: while the image is written at the next event, while it is checked at the next read. */
  readonly signal?: AbortSignal;
}

export interface WrittenFiles {
  readonly report: ImageReport;
  /** Their paths, the image's first. */
  readonly written: readonly string[];
  /** What whoever publishes the image should know, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Writes the image and all that goes with it under temporary names, and renames them when all are complete: the image
 * first, since a report without its image would describe what does not exist. Only a run that is killed between two of
 * the renames leaves the new image with an old report.
 * @throws ToolError whatever went wrong; nothing new has its final name then, and old files are untouched
 */
export async function writeOutputs(
  job: ImageJob,
  { onEvent, signal }: Watcher,
): Promise<WrittenFiles> {
  const { options, paths, planned } = job;
  if (options.strict) assertNoWarnings(planned);
  const watched = (event: PipelineEvent) => {
    signal?.throwIfAborted();
    onEvent(event);
  };
  const outputs: PendingOutput[] = [];
  try {
    const { output, built } = await writeImageOf(job, { onEvent: watched, signal });
    outputs.push(output);
    await job.assertUnchanged();
    const report = job.report(built);
    for (const { path, format } of paths.reports) {
      const file = await createOutputFile(path, options);
      outputs.push(file);
      await file.append([new TextEncoder().encode(renderReport(report, format))]);
    }
    signal?.throwIfAborted();
    const published = built && (await publishImage({ options, paths, planned, built }));
    outputs.push(...(published?.outputs ?? []));
    outputs.push(
      ...(await writeNodeConfigs({ options, report, transfers: published?.transfers ?? [] })),
    );
    await commitAll(outputs);
    return {
      report,
      written: outputs.map(({ path }) => path),
      notes: [...makerNotes(built), ...(published?.notes ?? [])],
    };
  } finally {
    for (const output of outputs) await output.abort();
  }
}

/**
 * @throws ToolError `output-exists`, `output-unwritable` for the first file that could not be written in the end, `usage`
 *   when that is the archive
 */
export async function assertAllWritable(paths: OutputPaths, options: ImageSettings): Promise<void> {
  const [image, ...files] = obstructedPaths(paths, options);
  if (isOverArchive(paths, options)) {
    throw usageError(
      `'${options.archive}' is the archive, and would be overwritten`,
      '-o other.raw',
    );
  }
  const assertImage = options.imageFormat === 'directory' ? assertNoDirectory : assertWritable;
  await assertImage(image, options);
  for (const path of files) await assertWritable(path, options);
}

/** True when one of the files would take the place of the archive that the image is made of. */
export function isOverArchive(paths: OutputPaths, options: ImageSettings): boolean {
  const { archive } = options;
  if (archive === undefined || archive === '-') return false;
  return obstructedPaths(paths, options).some(path => isSamePath(path, archive));
}

/** The report as the text of a file or of stdout. */
export function renderReport(report: ImageReport, format: 'markdown' | 'json'): string {
  return format === 'json' ? jsonReport(report) : markdownReport(report);
}

/** @throws ToolError `strict` when there is a finding that is worth a warning */
export function assertNoWarnings({ plan, findings }: PlannedImage): void {
  const { error, warning } = summarize([...plan.findings, ...findings]);
  if (error + warning > 0) throw new ToolError('strict', { warnings: error + warning });
}

interface Written {
  readonly output: OutputFile | OutputDirectory;
  /** Absent for a directory, which has no bytes of its own. */
  readonly built?: BuiltImage;
}

async function writeImageOf(job: ImageJob, watcher: BuildWatcher): Promise<Written> {
  const { options, paths, planned } = job;
  if (options.imageFormat === 'directory') {
    const output = await createOutputDirectory(paths.image, options);
    await abortOnFailure(output, () => buildPlannedDirectory(planned, output, watcher.onEvent));
    return { output };
  }
  const output = await createOutputFile(paths.image, options);
  const { imageFormat: format } = options;
  const built = await abortOnFailure(output, () =>
    isFileSystem(format)
      ? writeFilesystem({ format, options, planned, watcher }, output)
      : writeSquashfs(job, output, watcher),
  );
  return { output, built };
}

function makerNotes(built: BuiltImage | undefined): string[] {
  if (built?.maker?.reproducible !== false) return [];
  return [`${built.maker.program} never makes the same bytes twice, whatever it is given`];
}

function writeSquashfs(
  { options, planned, ahead }: ImageJob,
  output: OutputFile,
  watcher: BuildWatcher,
): Promise<BuiltImage> {
  const { verify } = options;
  return buildPlannedSquashfs(planned, output, {
    squashfs: squashfsOptions(options),
    verify,
    ahead,
    ...watcher,
  });
}

async function abortOnFailure<T>(output: PendingOutput, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await output.abort();
    throw error;
  }
}
