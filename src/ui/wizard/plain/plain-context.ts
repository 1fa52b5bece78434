import type { Answers } from '../../../command-line/answers.ts';
import type { AnswerCheck } from '../../../command-line/parse-answers.ts';
import type { Review } from '../wizard-services.ts';

/** What a question starts from, and by what its answers are judged. */
export interface PlainContext {
  readonly answers: Answers;
  check(answers: Answers): AnswerCheck;
  /** @throws ToolError `usage` for answers that do not fit the archive */
  plan(answers: Answers): Promise<Review>;
}
