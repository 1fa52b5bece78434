import type { Answers } from '../../../command-line/answers.ts';
import { QUESTIONS, type Question } from '../questions.ts';
import { askQuestion } from './ask-question.ts';
import type { LineDialogue } from './line-dialogue.ts';
import { indented, itemAt, numbered } from './numbered.ts';
import type { PlainContext } from './plain-context.ts';

/** The questions before these have the numbers below it. */
const FIRST_SETTING = 5;

/** Everything about the image that has a usual answer: shown as a list, of which single ones are asked for. */
export async function askSettings(
  dialogue: LineDialogue,
  { answers: start, check }: Pick<PlainContext, 'answers' | 'check'>,
): Promise<Answers> {
  let answers = start;
  await dialogue.say('', 'The rest, as it stands:', ...settingLines(answers));
  for (;;) {
    const text = await dialogue.ask('   Number to change, l to list again, empty to go on: ');
    if (text === '') {
      const result = check(answers);
      if (result.ok) return answers;
      await dialogue.say(...indented(result.what));
      continue;
    }
    const question = itemAt(QUESTIONS, text, FIRST_SETTING);
    if (question) {
      answers = await askQuestion(dialogue, question, { answers, check });
      await dialogue.say(...settingLine(question, answers));
    } else if (text === 'l') {
      await dialogue.say(...settingLines(answers));
    } else {
      await dialogue.say(...indented(`'${text}' is none of these numbers`));
    }
  }
}

function settingLines(answers: Answers): string[] {
  return QUESTIONS.flatMap(question => settingLine(question, answers));
}

function settingLine(question: Question, answers: Answers): string[] {
  const number = FIRST_SETTING + QUESTIONS.indexOf(question);
  const value = question.textIn(answers) || question.usual;
  return numbered(number, `${question.title}: ${value}`);
}
