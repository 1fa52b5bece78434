import type { ConvertOptions } from '../command-line/convert-options.ts';
import type { ConvertReport } from '../convert/report.ts';
import { planArchive } from '../pipeline.ts';
import type { PipelineEvent } from '../pipeline-event.ts';
import { createProgress } from '../ui/progress-line.ts';
import { dryRunReport, textSummary } from '../ui/text-report.ts';
import type { CommandIo } from './command-io.ts';
import { type Conversion, conversionReport } from './conversion.ts';
import { emitResult } from './emit-result.ts';
import { openArchive } from './open-archive.ts';
import { outputPaths } from './output-paths.ts';
import {
  assertAllWritable,
  assertNoWarnings,
  renderReport,
  writeConversion,
} from './write-conversion.ts';

/**
 * Converts an archive: reads and plans everything first, then writes the image and its reports under temporary names,
 * and renames them when all are complete.
 * @returns the exit code
 * @throws ToolError whatever went wrong; nothing new has its final name then, and old files are untouched
 */
export async function convertCommand(options: ConvertOptions, io: CommandIo): Promise<number> {
  const paths = await outputPaths(options);
  if (!options.dryRun) await assertAllWritable(paths, options);
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
    const conversion = { options, paths, planned, archive };
    if (options.dryRun) {
      if (options.strict) assertNoWarnings(conversion);
      progress.end();
      return await showDryRun(conversion, io);
    }
    const report = await writeConversion(conversion, { onEvent });
    progress.end();
    await showResult(report, conversion, io);
    return report.exitCode;
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

async function showResult(
  report: ConvertReport,
  conversion: Conversion,
  io: CommandIo,
): Promise<void> {
  const { options, paths } = conversion;
  const { display } = options;
  if (display.verbosity !== 'quiet')
    io.stderr(
      textSummary(report, {
        color: display.color.stderr,
        verbose: display.verbosity === 'verbose',
      }),
    );
  const written = [paths.image, ...paths.reports.map(({ path }) => path)];
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
