import type { Answers } from '../../../command-line/answers.ts';
import { isToolError } from '../../../errors.ts';
import { errorMessage } from '../../error-text.ts';
import type { Review } from '../wizard-services.ts';
import type { LineDialogue } from './line-dialogue.ts';
import { indented } from './numbered.ts';

/** The plan for changed answers; undefined when they make no sense, which is said. */
export async function planAgain(
  dialogue: LineDialogue,
  answers: Answers,
  plan: (answers: Answers) => Promise<Review>,
): Promise<Review | undefined> {
  try {
    return await plan(answers);
  } catch (error) {
    if (!isToolError(error, 'usage')) throw error;
    const { what, hint } = errorMessage(error);
    await dialogue.say(...indented(what), ...(hint === undefined ? [] : indented(`try: ${hint}`)));
    return undefined;
  }
}
