import { basename } from 'node:path';
import type { InspectOptions } from '../command-line/inspect-options.ts';
import { buildInspectReport } from '../convert/build-inspect-report.ts';
import type { InspectReport, Verdict } from '../convert/inspect-report.ts';
import type { Refusal } from '../convert/plan-or-refusal.ts';
import { isToolError } from '../errors.ts';
import type { InputFile } from '../host/open-input.ts';
import { type InspectedArchive, inspectArchive } from '../pipeline.ts';
import type { PipelineEvent } from '../pipeline-event.ts';
import { errorMessage } from '../ui/error-text.ts';
import { inspectMarkdown } from '../ui/inspect-markdown.ts';
import { inspectText } from '../ui/inspect-text.ts';
import { jsonReport } from '../ui/json-report.ts';
import { createProgress } from '../ui/progress-line.ts';
import { VERSION } from '../version.ts';
import type { CommandIo } from './command-io.ts';
import { emitResult } from './emit-result.ts';
import { openArchive } from './open-archive.ts';

/**
 * Says what is in an archive and what a conversion would make of it. Writes no image.
 * @returns the exit code: that of the refusal for an image that cannot be converted
 * @throws ToolError for an archive that cannot be read to its end
 */
export async function inspectCommand(options: InspectOptions, io: CommandIo): Promise<number> {
  const progress = createProgress({
    mode: options.display.progress,
    write: text => io.stderr(text),
    now: () => io.now(),
    columns: io.columns,
  });
  const { archive, spool, close } = await openArchive(options.archive, io);
  try {
    const onEvent = (event: PipelineEvent) => progress.event(event);
    const inspected = await inspectArchive({
      archive,
      spool,
      options: { ...options, imageName: options.torcx.name, sourceDateEpoch: 0 },
      onEvent,
    });
    await archive.assertUnchanged();
    progress.end();
    const report = reportOf(inspected, options, archive);
    await emitResult(render(report, options), options, io);
    return report.exitCode;
  } finally {
    progress.end();
    await close();
  }
}

function reportOf(
  { contents, inspection, plan, duplicates, refusal }: InspectedArchive,
  options: InspectOptions,
  archive: InputFile,
): InspectReport {
  return buildInspectReport({
    contents,
    inspection,
    plan,
    duplicates,
    input: {
      path: basename(options.archive),
      ...options.torcx,
      name: plan.imageName,
      format: contents.format,
      ...archive.digest(),
      entries: contents.entries.length,
      hasManifest: inspection.manifest !== undefined,
      uncompressedSize: contents.uncompressedSize,
      notes: contents.notes,
    },
    ...(refusal && { refusal: refusedVerdict(refusal) }),
    strict: options.strict,
    version: VERSION,
  });
}

function refusedVerdict(refusal: Refusal): Extract<Verdict, { status: 'refused' }> {
  const { what, hint } = errorMessage(refusal);
  return {
    status: 'refused',
    code: refusal.code,
    reason: isToolError(refusal, 'not-convertible') ? refusal.facts.reason : what,
    ...(hint !== undefined && { try: hint }),
  };
}

function render(report: InspectReport, { display }: InspectOptions): string {
  switch (display.format) {
    case 'json':
      return jsonReport(report);
    case 'markdown':
      return inspectMarkdown(report);
    default:
      return inspectText(report, {
        color: display.color.stdout,
        verbose: display.verbosity === 'verbose',
      });
  }
}
