import { commandLayout } from '../parts/command-layout.ts';
import { TextAboveCommand } from '../parts/text-above-command.tsx';
import type { ScreenContext } from '../screen.ts';
import { reviewLines } from './review-lines.ts';
import { currentReview, type ReviewState } from './review-state.ts';

interface ReviewProps {
  readonly state: ReviewState;
  readonly context: ScreenContext;
}

export function ReviewScreen({ state, context }: ReviewProps) {
  const lines = reviewLines(state, context, commandLayout(context.area).inside.columns);
  const isReady = currentReview(state, context)?.obstacle === undefined;
  const title = `Review${isReady ? '  nothing is written yet' : ''}`;
  return <TextAboveCommand title={title} lines={lines} top={state.top} context={context} />;
}
