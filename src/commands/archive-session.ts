import type { ArchiveOptions } from '../command-line/archive-options.ts';
import type { InspectReport } from '../convert/inspect-report.ts';
import { planOrRefusal } from '../convert/plan-or-refusal.ts';
import { commitAll } from '../host/commit-all.ts';
import { createOutputFile } from '../host/output-file.ts';
import { readRulePage } from '../host/rule-page.ts';
import { type InspectedArchive, inspectArchive } from '../pipeline.ts';
import type { PipelineEvent } from '../pipeline-event.ts';
import type { RuleId } from '../rule-table.ts';
import { jsonReport } from '../ui/json-report.ts';
import type { AnalyserServices, SavePlanOptions } from '../ui/tui/analyser-services.ts';
import type { Choices } from '../ui/tui/choices.ts';
import type { Preview } from '../ui/tui/preview.ts';
import type { CommandIo } from './command-io.ts';
import { inspectReport } from './inspect-report.ts';
import { type OpenArchive, openArchive } from './open-archive.ts';
import { previewFile } from './preview-file.ts';

/** An archive that is read once, and looked at and decided about as often as somebody likes. */
export class ArchiveSession implements AnalyserServices {
  readonly #io: CommandIo;
  readonly #optionsFor: (choices: Choices) => ArchiveOptions;
  #open: { readonly file: OpenArchive; readonly inspected: InspectedArchive } | undefined;

  constructor(io: CommandIo, optionsFor: (choices: Choices) => ArchiveOptions) {
    this.#io = io;
    this.#optionsFor = optionsFor;
  }

  async inspect(choices: Choices, onEvent: (event: PipelineEvent) => void): Promise<InspectReport> {
    await this.close();
    const options = this.#optionsFor(choices);
    const file = await openArchive(options.archive, this.#io);
    try {
      const { archive, spool } = file;
      const inspected = await inspectArchive({
        archive,
        spool,
        options: planOptions(options),
        onEvent,
      });
      await archive.assertUnchanged();
      this.#open = { file, inspected };
      return inspectReport(inspected, options, archive);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async plan(choices: Choices): Promise<InspectReport> {
    const { file, inspected } = this.#opened();
    const options = this.#optionsFor(choices);
    const { refusal: _old, ...read } = inspected;
    const planned = { ...read, ...planOrRefusal(read.inspection, planOptions(options)) };
    this.#open = { file, inspected: planned };
    return inspectReport(planned, options, file.archive);
  }

  async preview(path: string): Promise<Preview> {
    return previewFile(path, this.#opened().inspected);
  }

  rulePage(rule: RuleId): Promise<string> {
    return readRulePage(rule);
  }

  async savePlan(path: string, { choices, overwrite }: SavePlanOptions): Promise<void> {
    const report = await this.plan(choices);
    const file = await createOutputFile(path, { force: overwrite });
    try {
      await file.append([new TextEncoder().encode(jsonReport(report))]);
      await commitAll([file]);
    } finally {
      await file.abort();
    }
  }

  now(): number {
    return this.#io.now();
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.file.close();
  }

  #opened() {
    if (!this.#open) throw new Error('no archive is open');
    return this.#open;
  }
}

function planOptions(options: ArchiveOptions) {
  return { ...options, imageName: options.torcx.name, sourceDateEpoch: 0 };
}
