import type { Answers } from '../../../command-line/answers.ts';
import type { Review } from '../../wizard/wizard-services.ts';
import type { ScreenContext } from '../screen.ts';

export interface ReviewState {
  /** The newest one, and of which choices. */
  readonly review?: Review;
  readonly choices?: Answers;
  /** Why there is none of these choices. */
  readonly failure?: { readonly what: string; readonly hint?: string };
  /** The first line that is shown. */
  readonly top: number;
}

export const initialReview: ReviewState = { top: 0 };

/** The review, if it is one of what is decided now. */
export function currentReview(
  { review, choices }: ReviewState,
  { session }: ScreenContext,
): Review | undefined {
  return choices === session.choices ? review : undefined;
}
