import type { InspectOptions } from '../command-line/inspect-options.ts';
import type { InspectReport } from '../convert/inspect-report.ts';
import { inspectArchive } from '../pipeline.ts';
import type { PipelineEvent } from '../pipeline-event.ts';
import { inspectMarkdown } from '../ui/inspect-markdown.ts';
import { inspectText } from '../ui/inspect-text.ts';
import { jsonReport } from '../ui/json-report.ts';
import type { CommandIo } from './command-io.ts';
import { commandProgress } from './command-progress.ts';
import { emitResult } from './emit-result.ts';
import { inspectReport } from './inspect-report.ts';
import { openArchive } from './open-archive.ts';

/**
 * Says what is in an archive and what a conversion would make of it. Writes no image.
 * @returns the exit code: that of the refusal for an image that cannot be converted
 * @throws ToolError for an archive that cannot be read to its end
 */
export async function inspectCommand(options: InspectOptions, io: CommandIo): Promise<number> {
  const progress = commandProgress(options.display, io);
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
    const report = inspectReport(inspected, options, archive);
    await emitResult(render(report, options), options, io);
    return report.exitCode;
  } finally {
    progress.end();
    await close();
  }
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
