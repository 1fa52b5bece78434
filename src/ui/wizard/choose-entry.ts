import type { Answers } from '../../command-line/answers.ts';
import { type EntryChoices, entryChoice } from '../../entry-choice.ts';

/** The answers with an entry of the archive left out, and everything in it. */
export function dropEntry(answers: Answers, path: string): Answers {
  const { drop, keep } = withoutWords(answers, path);
  // What was kept on request goes by itself when nobody asks for it.
  if (answers.keep.includes(path)) return { ...answers, drop, keep };
  const isGone = entryChoice(path, { drop, keep }) === 'drop';
  return { ...answers, drop: isGone ? drop : [...drop, path], keep };
}

/** The answers with an entry kept that is left out, by them or by the plan. */
export function keepEntry(answers: Answers, path: string): Answers {
  const { drop, keep } = withoutWords(answers, path);
  const isEnough = answers.drop.includes(path) && entryChoice(path, { drop, keep }) !== 'drop';
  return { ...answers, drop, keep: isEnough ? keep : [...keep, path] };
}

/** Nothing said about the entry, nor about anything in it. */
function withoutWords({ drop, keep }: EntryChoices, path: string): EntryChoices {
  const isOther = (one: string) => one !== path && !one.startsWith(`${path}/`);
  return { drop: drop.filter(isOther), keep: keep.filter(isOther) };
}
