import type { ConvertOptions } from '../command-line/convert-options.ts';
import { planArchive } from '../pipeline.ts';
import type { PipelineEvent } from '../pipeline-event.ts';
import { createProgress } from '../ui/progress-line.ts';
import { safeText } from '../ui/safe-text.ts';
import { dryRunReport, textSummary } from '../ui/text-report.ts';
import type { CommandIo } from './command-io.ts';
import { type Conversion, conversionReport, writeConversion } from './conversion.ts';
import { emitResult } from './emit-result.ts';
import { openArchive } from './open-archive.ts';
import { outputPaths } from './output-paths.ts';
import {
  assertAllWritable,
  assertNoWarnings,
  renderReport,
  type WrittenFiles,
} from './write-image.ts';

/**
 * Converts an archive: reads and plans everything first, then writes the image and its reports under temporary names,
 * and renames them when all are complete.
 * @returns the exit code
 * @throws ToolError whatever went wrong; nothing new has its final name then, and old files are untouched
 */
export async function convertCommand(options: ConvertOptions, io: CommandIo): Promise<number> {
  await assertKnownWritable(options);
  const { display } = options;
  const progress = createProgress({
    mode: display.progress,
    write: text => io.stderr(text),
    now: () => io.now(),
    columns: io.columns,
  });
  const { archive, spool, close } = await openArchive(options.archive, io);
  try {
    const onEvent = (event: PipelineEvent) => progress.event(event);
    const planned = await planArchive({ archive, spool, options: planOptions(options), onEvent });
    const paths = await outputPaths(options, planned.plan.extension.architecture);
    const conversion = { options, paths, planned, archive };
    if (options.dryRun) {
      if (options.strict) assertNoWarnings(planned);
      progress.end();
      return await showDryRun(conversion, io);
    }
    const files = await writeConversion(conversion, { onEvent });
    progress.end();
    await showResult(files, options, io);
    return files.report.exitCode;
  } finally {
    progress.end();
    await close();
  }
}

function planOptions(options: ConvertOptions) {
  return { ...options, imageName: options.torcx.name };
}

async function showDryRun(conversion: Conversion, io: CommandIo): Promise<number> {
  const { display } = conversion.options;
  const report = conversionReport(conversion);
  const text =
    display.format === 'text'
      ? dryRunReport(report, { color: display.color.stdout })
      : renderReport(report, display.format);
  await emitResult(text, conversion.options, io);
  return report.exitCode;
}

/** The files' names, where they do not depend on what is in the archive: what would fail late is found out early. */
async function assertKnownWritable(options: ConvertOptions): Promise<void> {
  const { architecture, publish, dryRun } = options;
  if (dryRun || (publish.version !== undefined && architecture === 'auto')) return;
  await assertAllWritable(await outputPaths(options, architecture), options);
}

async function showResult(
  { report, written, notes }: WrittenFiles,
  options: ConvertOptions,
  io: CommandIo,
): Promise<void> {
  const { display } = options;
  if (display.verbosity !== 'quiet')
    io.stderr(
      textSummary(report, {
        color: display.color.stderr,
        verbose: display.verbosity === 'verbose',
      }),
    );
  for (const note of notes) io.stderr(`${safeText(note)}\n`);
  const text =
    display.format === 'text'
      ? written.map(path => `wrote ${shownPath(path)}\n`).join('')
      : renderReport(report, display.format);
  await emitResult(text, options, io);
}

/** A bare name could be read as a word; `./docker.raw` is plainly a file. */
function shownPath(path: string): string {
  return /^\.{0,2}\//.test(path) ? path : `./${path}`;
}
