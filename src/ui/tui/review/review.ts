import type { KeyHelp, Screen } from '../screen.ts';
import { reduceReview } from './reduce-review.ts';
import { initialReview, type ReviewState } from './review-state.ts';

/** Everything that is about to be done, before anything is. */
export const reviewScreen: Screen<ReviewState> = {
  title: 'Review',
  initial: initialReview,
  reduce: reduceReview,
  enter: ({ session: { choices } }) => [{ do: 'review', choices }],
  keys: () => KEYS,
};

const KEYS: readonly KeyHelp[] = [
  { keys: 'Enter', does: 'convert', help: 'write all of this' },
  { keys: 'j/k', does: 'scroll' },
  { keys: 'r', does: 'replace files', help: 'files that exist may be replaced, or not' },
  { keys: 'Esc', does: 'back' },
];
