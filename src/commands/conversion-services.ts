import { archiveKind } from '../archive-name.ts';
import type { Answers } from '../command-line/answers.ts';
import type { ConvertOptions } from '../command-line/convert-options.ts';
import type { DisplayOptions } from '../command-line/display-options.ts';
import { checkAnswers, equivalentCommand } from '../command-line/parse-answers.ts';
import type { Environment } from '../command-line/settings.ts';
import { isToolError, ToolError } from '../errors.ts';
import { listDirectory } from '../host/list-directory.ts';
import { existingFile } from '../host/output-file.ts';
import { comparePaths } from '../path-text.ts';
import { planRead } from '../pipeline.ts';
import { errorMessage } from '../ui/error-text.ts';
import type {
  ListedEntry,
  Obstacle,
  Review,
  WizardServices,
  WizardWatcher,
  WrittenFile,
  WrittenResult,
} from '../ui/wizard/wizard-services.ts';
import { usageError } from '../usage-error.ts';
import { ArchiveHolder } from './archive-holder.ts';
import type { CommandIo } from './command-io.ts';
import { type Conversion, conversionReport, writeConversion } from './conversion.ts';
import { outputPaths } from './output-paths.ts';
import { reviewedFiles } from './reviewed-files.ts';
import { storeOffers } from './store-offers.ts';
import { assertAllWritable, assertNoWarnings, renderReport } from './write-outputs.ts';

export interface WizardScope {
  readonly env: Environment;
  readonly display: DisplayOptions;
}

/** The conversion of the command line for a dialogue: the same parser, the same plan, the same writer. */
export class ConversionServices implements WizardServices {
  readonly home?: string;
  readonly #io: CommandIo;
  readonly #scope: WizardScope;
  readonly #archive: ArchiveHolder;

  /** @param archive whoever shares it need not read the archive again */
  constructor(io: CommandIo, scope: WizardScope, archive = new ArchiveHolder(io)) {
    this.#io = io;
    this.#scope = scope;
    this.#archive = archive;
    if (scope.env.HOME) this.home = scope.env.HOME;
  }

  check(answers: Answers) {
    return checkAnswers(answers, this.#scope);
  }

  command(answers: Answers): readonly string[] {
    return equivalentCommand(answers, this.#scope.env);
  }

  async listDirectory(path: string): Promise<readonly ListedEntry[]> {
    const entries = await listDirectory(path);
    const listed = entries.map(({ name, kind, size }): ListedEntry => {
      if (kind === 'directory') return { name, kind };
      return { name, kind: kind === 'file' ? archiveKind(name) : 'file', size };
    });
    const rank = ({ kind }: ListedEntry) => (kind === 'directory' ? 0 : 1);
    return listed.sort((a, b) => rank(a) - rank(b) || comparePaths(a.name, b.name));
  }

  listStores() {
    return storeOffers();
  }

  async review(answers: Answers, watcher: WizardWatcher): Promise<Review> {
    const conversion = await this.#plan(answers, watcher);
    const { paths, options, planned } = conversion;
    const obstacle = await obstacleTo(async () => {
      if (options.strict) assertNoWarnings(planned);
      await assertAllWritable(paths, options);
    });
    return {
      report: conversionReport(conversion),
      files: await reviewedFiles(paths, options),
      ...(obstacle && { obstacle }),
    };
  }

  async convert(answers: Answers, watcher: WizardWatcher): Promise<WrittenResult> {
    const path = answers.archive;
    if (await this.#archive.hasChanged(path)) throw new ToolError('input-changed', { path });
    const conversion = await this.#plan(answers, watcher);
    await assertAllWritable(conversion.paths, conversion.options);
    const { report, written, notes } = await writeConversion(conversion, watcher);
    return {
      report,
      page: renderReport(report, 'markdown'),
      written: await Promise.all(written.map(writtenFile)),
      notes,
    };
  }

  now(): number {
    return this.#io.now();
  }

  close(): Promise<void> {
    return this.#archive.close();
  }

  async #plan(answers: Answers, watcher: WizardWatcher): Promise<Conversion> {
    const options = this.#optionsOf(answers);
    const { file, read } = await this.#archive.hold(options.archive, watcher);
    watcher.onEvent({ kind: 'stage', stage: 'plan' });
    const planned = planRead(read, { ...options, imageName: options.torcx.name });
    const paths = await outputPaths(options, planned.plan.extension.architecture);
    return { options, paths, planned, archive: file.archive };
  }

  #optionsOf(answers: Answers): ConvertOptions {
    const check = this.check(answers);
    if (!check.ok) throw usageError(check.what, check.hint);
    return { ...check.options, display: this.#scope.display };
  }
}

async function writtenFile(path: string): Promise<WrittenFile> {
  const file = await existingFile(path);
  return file?.isFile() ? { path, size: file.size } : { path };
}

/** What would keep the conversion from being written, as long as that can be changed by an answer. */
async function obstacleTo(work: () => Promise<void>): Promise<Obstacle | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!(error instanceof ToolError) || isToolError(error, 'interrupted')) throw error;
    const { what, hint } = errorMessage(error);
    const isReplaceable = isToolError(error, 'output-exists');
    return { what, ...(hint !== undefined && { hint }), isReplaceable };
  }
}
