import type { Answers } from '../../../command-line/answers.ts';
import { isToolError, ToolError } from '../../../errors.ts';
import { errorMessage } from '../../error-text.ts';
import { createProgress } from '../../progress-line.ts';
import { dryRunReport } from '../../text-report.ts';
import { NAME_QUESTION } from '../questions.ts';
import type { Review, WizardServices, WizardWatcher, WrittenResult } from '../wizard-services.ts';
import { askArchive } from './ask-archive.ts';
import { askEntries } from './ask-entries.ts';
import { askQuestion } from './ask-question.ts';
import { askSettings } from './ask-settings.ts';
import { askUnits } from './ask-units.ts';
import { EndOfAnswers, type LineDialogue } from './line-dialogue.ts';
import { indented, paragraph } from './numbered.ts';
import { nextStepLines, resultLines } from './result-lines.ts';
import { reviewLines } from './review-lines.ts';

export interface PlainWizardOptions {
  readonly dialogue: LineDialogue;
  readonly services: WizardServices;
  /** What is decided already. */
  readonly answers: Answers;
  /** Is told of each decision, so that all of them can be repeated however the run ends. */
  onAnswers(answers: Answers): void;
}

/**
 * The questions of the wizard, one line after another.
 * @returns undefined when nobody answers any more, or wants to: nothing was written then
 * @throws whatever is no matter of the answers
 */
export async function runPlainWizard(
  options: PlainWizardOptions,
): Promise<WrittenResult | undefined> {
  try {
    return await new PlainWizard(options).run();
  } catch (error) {
    if (error instanceof EndOfAnswers) return undefined;
    throw error;
  }
}

const INTRODUCTION =
  'This converts a Torcx image. Nothing is written before you say so. An empty answer leaves things as they are; Ctrl-C ends it.';

class PlainWizard {
  readonly #dialogue: LineDialogue;
  readonly #services: WizardServices;
  readonly #onAnswers: (answers: Answers) => void;
  #answers: Answers;

  constructor({ dialogue, services, answers, onAnswers }: PlainWizardOptions) {
    this.#dialogue = dialogue;
    this.#services = services;
    this.#onAnswers = onAnswers;
    this.#answers = answers;
  }

  async run(): Promise<WrittenResult> {
    await this.#dialogue.say(...paragraph(INTRODUCTION));
    await this.#chooseArchive();
    await this.#askName();
    await this.#askUnits();
    await this.#askEntries();
    await this.#askSettings();
    for (;;) {
      await this.#decide(await this.#services.review(this.#answers, this.#watcher()));
      const result = await this.#tryTo(() =>
        this.#services.convert(this.#answers, this.#watcher()),
      );
      if (!result) continue;
      await this.#showResult(result);
      return result;
    }
  }

  /** The work is done: nobody has to stay for the rest. */
  async #showResult(result: WrittenResult): Promise<void> {
    await this.#dialogue.say(...resultLines(result));
    try {
      const answer = await this.#dialogue.ask('Show what to do next? yes, or empty to end: ');
      if (/^y/i.test(answer)) await this.#dialogue.say(...nextStepLines(result));
    } catch (error) {
      if (!(error instanceof EndOfAnswers)) throw error;
    }
  }

  /** An archive is good when all of it could be read, and a plan be made of it. */
  async #chooseArchive(): Promise<void> {
    for (let { archive } = this.#answers; ; archive = '') {
      if (archive === '') archive = await askArchive(this.#dialogue, this.#services);
      const answers = { ...this.#answers, archive };
      const review = await this.#tryTo(() => this.#readArchive(answers));
      if (!review) continue;
      const { entries, format } = review.report.input;
      await this.#dialogue.say(...indented(`${archive}: ${format}, ${entries} entries`));
      return;
    }
  }

  /** What was said about its entries and units before it was known may not fit, and can be said again. */
  async #readArchive(answers: Answers): Promise<Review> {
    const check = this.#services.check(answers);
    const isNameless = !check.ok && check.key === 'name';
    const plan = (wanted: Answers) =>
      this.#services.review(isNameless ? { ...wanted, name: 'x' } : wanted, this.#watcher());
    try {
      const review = await plan(answers);
      this.#take(answers);
      return review;
    } catch (error) {
      if (!isToolError(error, 'usage')) throw error;
      const open = { ...answers, enable: [], noEnable: [], drop: [], keep: [] };
      const review = await plan(open);
      await this.#dialogue.say(...indented(`${errorMessage(error).what}: taken back`));
      this.#take(open);
      return review;
    }
  }

  async #askName(): Promise<void> {
    const known = this.#services.check(this.#answers);
    const question = {
      ...NAME_QUESTION,
      title: `2. ${NAME_QUESTION.title}`,
      ...(known.ok && { usual: known.options.name }),
    };
    this.#take(await askQuestion(this.#dialogue, question, this.#context()));
  }

  async #askUnits(): Promise<void> {
    this.#take(await askUnits(this.#dialogue, this.#context()));
  }

  async #askEntries(): Promise<void> {
    this.#take(await askEntries(this.#dialogue, this.#context()));
  }

  async #askSettings(): Promise<void> {
    this.#take(await askSettings(this.#dialogue, this.#context()));
  }

  /** Shows what would be written until somebody wants it written. */
  async #decide(first: Review): Promise<void> {
    let review = first;
    let lines = reviewLines(review, this.#services.command(this.#answers));
    for (;;) {
      await this.#dialogue.say(...lines);
      const answer = await this.#dialogue.ask(
        'Write it? yes; or s settings, u units, e entries, d details, q quit: ',
      );
      if (answer === 'yes' || answer === 'y') return;
      if (answer === 'q') throw new EndOfAnswers();
      lines = [];
      if (answer === 'd') {
        lines = dryRunReport(review.report, { color: false }).trimEnd().split('\n');
      } else if (await this.#change(answer)) {
        review = await this.#services.review(this.#answers, this.#watcher());
        lines = reviewLines(review, this.#services.command(this.#answers));
      }
    }
  }

  /** False for what is no part that could be changed. */
  async #change(answer: string): Promise<boolean> {
    switch (answer) {
      case 's':
        await this.#askSettings();
        return true;
      case 'u':
        await this.#askUnits();
        return true;
      case 'e':
        await this.#askEntries();
        return true;
      default:
        return false;
    }
  }

  /** Undefined when it did not work out, which is said. */
  async #tryTo<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      const { what, why, hint } = errorMessage(error);
      await this.#dialogue.say(
        ...indented(what),
        ...(why === undefined ? [] : indented(`why: ${why}`)),
        ...(hint === undefined ? [] : indented(`try: ${hint}`)),
      );
      return undefined;
    }
  }

  #context() {
    return {
      answers: this.#answers,
      check: (answers: Answers) => this.#services.check(answers),
      plan: (answers: Answers) => this.#services.review(answers, this.#watcher()),
    };
  }

  #take(answers: Answers): void {
    this.#answers = answers;
    this.#onAnswers(answers);
  }

  /** One line for each stage, and none for what is quick. */
  #watcher(): WizardWatcher {
    const progress = createProgress({
      mode: 'plain',
      write: text => void this.#dialogue.say(...text.trimEnd().split('\n').flatMap(indented)),
      now: () => this.#services.now(),
      columns: 80,
    });
    return { onEvent: event => progress.event(event) };
  }
}
