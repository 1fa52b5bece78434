import type { Key } from '../../terminal/terminal-event.ts';
import { type AppEvent, isInput, type NewsEvent } from '../app-event.ts';
import { commandLayout } from '../parts/command-layout.ts';
import type { ListSize } from '../parts/list-state.ts';
import { scrolled } from '../parts/scroll-state.ts';
import type { Request } from '../request.ts';
import type { ScreenContext } from '../screen.ts';
import { type Step, step } from '../step.ts';
import { reviewLines } from './review-lines.ts';
import { currentReview, type ReviewState } from './review-state.ts';

export function reduceReview(
  state: ReviewState,
  event: AppEvent,
  context: ScreenContext,
): Step<ReviewState> | undefined {
  if (!isInput(event)) return step(hearReview(state, event, context));
  if (event.kind === 'paste') return undefined;
  const top = scrolled(state.top, event.key, reviewSize(state, context));
  if (top !== undefined) return step({ ...state, top });
  return pressed(state, event.key, context);
}

function reviewSize(state: ReviewState, context: ScreenContext): ListSize {
  const { columns, rows } = commandLayout(context.area).inside;
  return { count: reviewLines(state, context, columns).length, rows };
}

function hearReview(state: ReviewState, event: NewsEvent, context: ScreenContext): ReviewState {
  switch (event.kind) {
    case 'reviewed':
      return { review: event.review, choices: event.choices, top: 0 };
    case 'failed': {
      const { effect, what, hint } = event;
      if (effect.do !== 'review' || effect.choices !== context.session.choices) return state;
      return { failure: { what, ...(hint !== undefined && { hint }) }, top: 0 };
    }
    default:
      return state;
  }
}

function pressed(
  state: ReviewState,
  key: Key,
  context: ScreenContext,
): Step<ReviewState> | undefined {
  const { choices } = context.session;
  switch (key) {
    case 'enter':
      return step(state, ...startRequests(state, context));
    case 'r':
    case ' ': {
      const changed = { ...choices, force: !choices.force };
      return step(state, { do: 'choose', choices: changed }, { do: 'review', choices: changed });
    }
    default:
      return undefined;
  }
}

/** Only what was shown is done. */
function startRequests(state: ReviewState, context: ScreenContext): readonly Request[] {
  const review = currentReview(state, context);
  if (!review) {
    return [
      { do: 'say', text: state.failure?.what ?? 'not so fast: this is still being looked at' },
    ];
  }
  if (review.obstacle) return [{ do: 'say', text: review.obstacle.what, tone: 'error' }];
  return [{ do: 'go', screen: 'convert' }];
}
