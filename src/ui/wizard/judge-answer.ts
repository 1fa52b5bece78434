import { type Answers, NO_ANSWERS } from '../../command-line/answers.ts';
import type { AnswerCheck } from '../../command-line/parse-answers.ts';

/** What the command line says of answers as far as they go. */
export type Judgement =
  | { readonly verdict: 'fits' }
  /** It is right as soon as another answer comes that it needs. */
  | { readonly verdict: 'needs-more' | 'wrong'; readonly what: string; readonly hint?: string };

/** What other answers need: where an image comes from, who asks for it there, and how versions are told apart. */
const COMPANIONS = {
  imageVersion: '1',
  imageUrl: 'https://example.com/',
  butane: 'node.bu',
} satisfies Partial<Answers>;

/** Two answers that need each other could never be given if each had to be right alone. */
export function judgeAnswer(answers: Answers, check: (answers: Answers) => AnswerCheck): Judgement {
  const result = check(answers);
  if (result.ok) return { verdict: 'fits' };
  const { what, hint } = result;
  const isComplete = check(withCompanions(answers)).ok;
  return {
    verdict: isComplete ? 'needs-more' : 'wrong',
    what,
    ...(hint !== undefined && { hint }),
  };
}

/** The answers that decide what is in the extension: of who gets it they say nothing. */
export function withoutPublishing(answers: Answers): Answers {
  const { imageVersion, sysupdate, sha256sums, butane, ignition, imageUrl } = NO_ANSWERS;
  return { ...answers, imageVersion, sysupdate, sha256sums, butane, ignition, imageUrl };
}

function withCompanions(answers: Answers): Answers {
  const { imageVersion, imageUrl, butane, ignition } = answers;
  return {
    ...answers,
    imageVersion: imageVersion || COMPANIONS.imageVersion,
    imageUrl: imageUrl || COMPANIONS.imageUrl,
    butane: butane === '' && ignition === '' ? COMPANIONS.butane : butane,
  };
}
