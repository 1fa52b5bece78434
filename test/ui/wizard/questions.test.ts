import { expect, it, test } from 'vitest';
import {
  type AnswerKey,
  LIST_ANSWERS,
  NO_ANSWERS,
  SWITCH_ANSWERS,
  TEXT_ANSWERS,
} from '../../../src/command-line/answers.ts';
import { checkAnswers } from '../../../src/command-line/parse-answers.ts';
import { CHOSEN_IN_LISTS, NAME_QUESTION, QUESTIONS } from '../../../src/ui/wizard/questions.ts';

const all = [NAME_QUESTION, ...QUESTIONS];

it('asks for every answer once', () => {
  const asked: AnswerKey[] = [...all.flatMap(({ keys }) => keys), ...CHOSEN_IN_LISTS, 'archive'];
  const keys: AnswerKey[] = [...TEXT_ANSWERS, ...LIST_ANSWERS, ...SWITCH_ANSWERS];
  expect(asked.sort()).toEqual([...keys, 'archive', 'name'].sort());
});

const ARCHIVE = { ...NO_ANSWERS, archive: 'a.tgz' };

test.each(all.map(question => [question.title, question] as const))('%s', (_, question) => {
  const { offers, usual, textIn, withText, keys } = question;
  expect(withText(ARCHIVE, '')).toEqual(ARCHIVE);
  for (const { value } of offers) {
    const answers = withText(ARCHIVE, value);
    // Each offer is an answer that the command line takes.
    expect(checkAnswers(answers, { env: {} })).toMatchObject({ ok: true });
    expect(textIn(answers)).toBe(value);
    expect(withText(answers, '')).toEqual(ARCHIVE);
    const isOwn = (key: string) => keys.some(own => own === key);
    const others = (all: object) => Object.entries(all).filter(([key]) => !isOwn(key));
    expect(others(answers)).toEqual(others(ARCHIVE));
  }
  expect(usual).not.toBe('');
});

it('writes reports as one text', () => {
  const question = QUESTIONS.find(({ id }) => id === 'report');
  const answers = question?.withText(ARCHIVE, ' a.md ,b.json,') ?? ARCHIVE;
  expect(answers).toMatchObject({ report: ['a.md', 'b.json'], noReport: false });
  expect(question?.textIn(answers)).toBe('a.md, b.json');
  expect(question?.withText(answers, 'none')).toMatchObject({ report: [], noReport: true });
});
