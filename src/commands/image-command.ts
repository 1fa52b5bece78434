import { makerVersion } from '../builder/filesystem/maker-version.ts';
import type { ImageOptions } from '../command-line/image-options.ts';
import type { ImageReport } from '../convert/report.ts';
import { EXIT_CODES, ToolError } from '../errors.ts';
import type { Finding } from '../finding.ts';
import { runProgram } from '../host/run-program.ts';
import { isFileSystem } from '../image-format.ts';
import type { PipelineEvent } from '../pipeline-event.ts';
import { safeText } from '../ui/safe-text.ts';
import { shownPath } from '../ui/shown-path.ts';
import { dryRunReport, textSummary } from '../ui/text-report.ts';
import type { CommandIo } from './command-io.ts';
import { commandProgress } from './command-progress.ts';
import { emitResult } from './emit-result.ts';
import { outputPaths } from './output-paths.ts';
import {
  assertAllWritable,
  assertNoWarnings,
  type ImageJob,
  isOverArchive,
  renderReport,
  type WrittenFiles,
  writeOutputs,
} from './write-outputs.ts';

/** What every mode that makes an image is told. */
export interface ImageRequest extends ImageOptions {
  /** systemd's name, or `auto` as long as only the programs know it. */
  readonly architecture: string;
  /** As it was given; absent where the image is made of something else. */
  readonly archive?: string;
}

/** What goes on while an image is prepared. */
export interface Preparation {
  onEvent(event: PipelineEvent): void;
  /** Runs it when the image is written, or when that has failed. */
  atEnd(close: () => Promise<void>): void;
}

/**
 * Makes an image: prepares everything first, then writes the image and its reports under temporary names, and renames
 * them when all are complete; shows what was done.
 * @returns the exit code
 * @throws ToolError whatever went wrong; nothing new has its final name then, and old files are untouched
 */
export async function imageCommand(
  options: ImageRequest,
  io: CommandIo,
  prepare: (preparation: Preparation) => Promise<ImageJob>,
): Promise<number> {
  await assertKnownWritable(options);
  await assertMaker(options);
  const progress = commandProgress(options.display, io);
  const onEvent = (event: PipelineEvent) => progress.event(event);
  const closers: (() => Promise<void>)[] = [];
  try {
    const job = await prepare({ onEvent, atEnd: close => closers.push(close) });
    const [harm] = job.planned.plan.findings.filter(({ severity }) => severity === 'error');
    if (harm) {
      progress.end();
      return await refuse(job, harm, io);
    }
    if (options.dryRun) {
      if (options.strict) assertNoWarnings(job.planned);
      progress.end();
      return await showDryRun(job, io);
    }
    await assertAllWritable(job.paths, options);
    const files = await writeOutputs(job, { onEvent });
    progress.end();
    await showResult(files, options, io);
    return files.report.exitCode;
  } finally {
    progress.end();
    for (const close of closers.reverse()) await close();
  }
}

/** The files' names, where they do not depend on what is in the image: what would fail late is found out early. */
async function assertKnownWritable(options: ImageRequest): Promise<void> {
  const { architecture, publish, dryRun } = options;
  if (dryRun || (publish.version !== undefined && architecture === 'auto')) return;
  const paths = await outputPaths(options, architecture);
  // An archive of that name may be an extension already, which is the better thing to say.
  if (!isOverArchive(paths, options)) await assertAllWritable(paths, options);
}

/** Before an archive is downloaded or read in vain. */
async function assertMaker({ imageFormat, dryRun }: ImageRequest): Promise<void> {
  if (isFileSystem(imageFormat) && !dryRun) await makerVersion(imageFormat, runProgram);
}

async function showDryRun(job: ImageJob, io: CommandIo): Promise<number> {
  const { display } = job.options;
  const report = job.report();
  const text =
    display.format === 'text'
      ? dryRunReport(report, { color: display.color.stdout })
      : renderReport(report, display.format);
  await emitResult(text, job.options, io);
  return report.exitCode;
}

/**
 * Of an image that must not be made, what was found is the result.
 * @throws ToolError `not-convertible` where the result is for people
 */
async function refuse(job: ImageJob, harm: Finding, io: CommandIo): Promise<number> {
  const { options } = job;
  const { display, dryRun } = options;
  const exitCode = EXIT_CODES['not-convertible'];
  const report = { ...job.report(), exitCode };
  if (display.format !== 'text') {
    await emitResult(renderReport(report, display.format), options, io);
    return exitCode;
  }
  if (dryRun) await emitResult(dryRunReport(report, { color: display.color.stdout }), options, io);
  else showSummary(report, options, io);
  const { path, message, fix } = harm;
  throw new ToolError('not-convertible', {
    reason: path === undefined ? message : `${path}: ${message}`,
    ...(fix && { suggestion: fix.description }),
  });
}

function showSummary(report: ImageReport, { display }: ImageOptions, io: CommandIo): void {
  if (display.verbosity === 'quiet') return;
  const isVerbose = display.verbosity === 'verbose';
  io.stderr(textSummary(report, { color: display.color.stderr, verbose: isVerbose }));
}

async function showResult(
  { report, written, notes }: WrittenFiles,
  options: ImageOptions,
  io: CommandIo,
): Promise<void> {
  const { display } = options;
  showSummary(report, options, io);
  for (const note of notes) io.stderr(`${safeText(note)}\n`);
  const text =
    display.format === 'text'
      ? written.map(path => `wrote ${shownPath(path)}\n`).join('')
      : renderReport(report, display.format);
  await emitResult(text, options, io);
}
