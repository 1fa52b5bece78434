import type { Answers } from '../command-line/answers.ts';
import type { ArchiveOptions } from '../command-line/archive-options.ts';
import type { InspectReport } from '../convert/inspect-report.ts';
import { planOrRefusal } from '../convert/plan-or-refusal.ts';
import { readRulePage } from '../host/rule-page.ts';
import { writeFile } from '../host/write-file.ts';
import { type InspectedArchive, inspectRead } from '../pipeline.ts';
import type { PipelineEvent } from '../pipeline-event.ts';
import type { RuleId } from '../rule-table.ts';
import { jsonReport } from '../ui/json-report.ts';
import type { AnalyserServices, SavePlanOptions } from '../ui/tui/analyser-services.ts';
import type { Preview } from '../ui/tui/preview.ts';
import { ArchiveHolder } from './archive-holder.ts';
import type { CommandIo } from './command-io.ts';
import { inspectReport } from './inspect-report.ts';
import type { OpenArchive } from './open-archive.ts';
import { previewFile } from './preview-file.ts';

/** An archive that is read once, and looked at and decided about as often as somebody likes. */
export class ArchiveSession implements AnalyserServices {
  readonly #io: CommandIo;
  readonly #optionsFor: (choices: Answers) => ArchiveOptions;
  readonly #archive: ArchiveHolder;
  #open: { readonly file: OpenArchive; readonly inspected: InspectedArchive } | undefined;

  /** @param archive whoever shares it need not read the archive again */
  constructor(
    io: CommandIo,
    optionsFor: (choices: Answers) => ArchiveOptions,
    archive = new ArchiveHolder(io),
  ) {
    this.#io = io;
    this.#optionsFor = optionsFor;
    this.#archive = archive;
  }

  async inspect(choices: Answers, onEvent: (event: PipelineEvent) => void): Promise<InspectReport> {
    this.#open = undefined;
    const options = this.#optionsFor(choices);
    const { file, read } = await this.#archive.hold(options.archive, { onEvent });
    const inspected = await inspectRead(read, { options: planOptions(options), onEvent });
    this.#open = { file, inspected };
    return inspectReport(inspected, options, file.archive);
  }

  async plan(choices: Answers): Promise<InspectReport> {
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
    await writeFile(path, new TextEncoder().encode(jsonReport(report)), { force: overwrite });
  }

  now(): number {
    return this.#io.now();
  }

  async close(): Promise<void> {
    this.#open = undefined;
    await this.#archive.close();
  }

  #opened() {
    if (!this.#open) throw new Error('no archive is open');
    return this.#open;
  }
}

function planOptions(options: ArchiveOptions) {
  return { ...options, imageName: options.torcx.name, sourceDateEpoch: 0 };
}
