import type { BuiltImage } from '../builder/build-image.ts';
import type { ConvertOptions } from '../command-line/convert-options.ts';
import { summarize } from '../convert/build-report.ts';
import type { ConvertReport } from '../convert/report.ts';
import { ToolError } from '../errors.ts';
import { createOutputDirectory, type OutputDirectory } from '../host/output-directory.ts';
import { assertWritable, createOutputFile, type OutputFile } from '../host/output-file.ts';
import { buildPlanned, buildPlannedDirectory } from '../pipeline.ts';
import type { PipelineEvent } from '../pipeline-event.ts';
import { jsonReport } from '../ui/json-report.ts';
import { markdownReport } from '../ui/markdown-report.ts';
import { type Conversion, conversionReport, squashfsOptions } from './conversion.ts';
import type { OutputPaths } from './output-paths.ts';

export interface Watcher {
  /** What it throws ends the work like any other failure. */
  onEvent(event: PipelineEvent): void;
  /** Ends the work with its reason at the next event. */
  readonly signal?: AbortSignal;
}

/**
 * Writes the image and its reports under temporary names, and renames them when all are complete: the image first,
 * since a report without its image would describe what does not exist.
 * @throws ToolError whatever went wrong; nothing new has its final name then, and old files are untouched
 */
export async function writeConversion(
  conversion: Conversion,
  { onEvent, signal }: Watcher,
): Promise<ConvertReport> {
  const { options, paths, archive } = conversion;
  if (options.strict) assertNoWarnings(conversion);
  const watched = (event: PipelineEvent) => {
    signal?.throwIfAborted();
    onEvent(event);
  };
  const outputs: (OutputFile | OutputDirectory)[] = [];
  try {
    const { output, built } = await writeImageOf(conversion, watched);
    outputs.push(output);
    await archive.assertUnchanged();
    const report = conversionReport(conversion, built);
    for (const { path, format } of paths.reports) {
      const file = await createOutputFile(path, options);
      outputs.push(file);
      await file.append([new TextEncoder().encode(renderReport(report, format))]);
    }
    signal?.throwIfAborted();
    for (const output of outputs) await output.commit();
    return report;
  } finally {
    for (const output of outputs) await output.abort();
  }
}

/** @throws ToolError `output-exists`, `output-unwritable` for the first file that could not be written in the end */
export async function assertAllWritable(
  { image, reports }: OutputPaths,
  options: ConvertOptions,
): Promise<void> {
  const files = reports.map(report => report.path);
  for (const path of options.imageFormat === 'directory' ? files : [image, ...files]) {
    await assertWritable(path, options);
  }
}

export function renderReport(report: ConvertReport, format: 'markdown' | 'json'): string {
  return format === 'json' ? jsonReport(report) : markdownReport(report);
}

/** @throws ToolError `strict` when there is a finding that is worth a warning */
export function assertNoWarnings({ planned }: Conversion): void {
  const { error, warning } = summarize([...planned.plan.findings, ...planned.findings]);
  if (error + warning > 0) throw new ToolError('strict', { warnings: error + warning });
}

interface Written {
  readonly output: OutputFile | OutputDirectory;
  /** Absent for a directory, which has no bytes of its own. */
  readonly built?: BuiltImage;
}

async function writeImageOf(
  { options, paths, planned }: Conversion,
  onEvent: (event: PipelineEvent) => void,
): Promise<Written> {
  if (options.imageFormat === 'directory') {
    const output = await createOutputDirectory(paths.image, options);
    await abortOnFailure(output, () => buildPlannedDirectory(planned, output, onEvent));
    return { output };
  }
  const image = { squashfs: squashfsOptions(options), verify: options.verify };
  const output = await createOutputFile(paths.image, options);
  const built = await abortOnFailure(output, () => buildPlanned(planned, image, output, onEvent));
  return { output, built };
}

async function abortOnFailure<T>(
  output: OutputFile | OutputDirectory,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await output.abort();
    throw error;
  }
}
