import type { Answers } from '../../../command-line/answers.ts';
import { judgeAnswer } from '../judge-answer.ts';
import type { Question } from '../questions.ts';
import type { LineDialogue } from './line-dialogue.ts';
import { indented, itemAt, numbered } from './numbered.ts';
import type { PlainContext } from './plain-context.ts';

/** Puts one question until its answer makes sense together with the others. */
export async function askQuestion(
  dialogue: LineDialogue,
  question: Question,
  { answers, check }: Pick<PlainContext, 'answers' | 'check'>,
): Promise<Answers> {
  const { title, means, offers, usual, isClosed } = question;
  const before = question.textIn(answers);
  await dialogue.say('', title, ...indented(means), ...offerLines(question));
  const wayBack = before === '' || before === usual ? '' : `; a - alone makes it ${usual}`;
  await dialogue.say(...indented(`Now: ${before || usual}${wayBack}`));
  for (;;) {
    const text = await dialogue.ask(offers.length > 0 ? '   Number or answer: ' : '   Answer: ');
    const value = text === '-' ? '' : (itemAt(offers, text)?.value ?? text);
    const isKnown = value === '' || offers.some(offer => offer.value === value);
    if (isClosed && !isKnown) {
      await dialogue.say(...indented(`'${value}' is none of the answers`));
      continue;
    }
    const next = text === '' ? answers : question.withText(answers, value);
    const result = judgeAnswer(next, check);
    if (result.verdict === 'fits') return next;
    await dialogue.say(...indented(result.what));
    if (result.hint !== undefined) await dialogue.say(...indented(`try: ${result.hint}`));
    if (result.verdict === 'needs-more') return next;
  }
}

function offerLines({ offers }: Question): string[] {
  return offers.flatMap(({ value, means }, index) =>
    numbered(index + 1, means === '' ? value : `${value}: ${means}`),
  );
}
