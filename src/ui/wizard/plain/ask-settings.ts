import type { Answers } from '../../../command-line/answers.ts';
import { QUESTIONS, type Question } from '../questions.ts';
import { usualText } from '../usual-text.ts';
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
  await dialogue.say('', 'The rest, as it stands:', ...settingLines(answers, check));
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
      const known = withUsual(question, answers, check);
      answers = await askQuestion(dialogue, known, { answers, check });
      await dialogue.say(...settingLine(question, answers, check));
    } else if (text === 'l') {
      await dialogue.say(...settingLines(answers, check));
    } else {
      await dialogue.say(...indented(`'${text}' is none of these numbers`));
    }
  }
}

type Check = PlainContext['check'];

function settingLines(answers: Answers, check: Check): string[] {
  return QUESTIONS.flatMap(question => settingLine(question, answers, check));
}

function settingLine(question: Question, answers: Answers, check: Check): string[] {
  const number = FIRST_SETTING + QUESTIONS.indexOf(question);
  const value = question.textIn(answers) || withUsual(question, answers, check).usual;
  return numbered(number, `${question.title}: ${value}`);
}

/** The question with what an empty answer means now that there is an archive. */
function withUsual(question: Question, answers: Answers, check: Check): Question {
  const known = check(answers);
  const usual = usualText(question, answers, known.ok ? known.options.name : undefined);
  return { ...question, usual };
}
