import type { KeyHelp, Screen, ScreenContext } from '../screen.ts';
import { reduceReview } from './reduce-review.ts';
import { currentReview, initialReview, type ReviewState } from './review-state.ts';

/** Everything that is about to be done, before anything is. */
export const reviewScreen: Screen<ReviewState> = {
  title: 'Review',
  initial: initialReview,
  reduce: reduceReview,
  enter: ({ session: { choices } }) => [{ do: 'review', choices }],
  keys: reviewKeys,
};

function reviewKeys(state: ReviewState, context: ScreenContext): readonly KeyHelp[] {
  const review = currentReview(state, context);
  const canStart = review !== undefined && review.obstacle === undefined;
  const doesExist = review?.files.some(({ fate }) => fate === 'obstacle' || fate === 'replaced');
  return [
    ...(canStart ? [{ keys: 'Enter', does: 'convert', help: 'write all of this' }] : []),
    { keys: 'j/k', does: 'scroll' },
    ...(doesExist ? [context.session.choices.force ? KEEP : REPLACE] : []),
    { keys: 'Esc', does: 'back' },
  ];
}

const REPLACE: KeyHelp = { keys: 'r', does: 'replace files', help: 'replace files that exist' };
const KEEP: KeyHelp = { keys: 'r', does: 'keep files', help: 'do not replace files that exist' };
