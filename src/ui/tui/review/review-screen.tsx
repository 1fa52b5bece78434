import { commandLayout } from '../parts/command-layout.ts';
import { TextAboveCommand } from '../parts/text-above-command.tsx';
import type { ScreenProps } from '../screen.ts';
import { reviewLines } from './review-lines.ts';
import { currentReview, type ReviewState } from './review-state.ts';

export function ReviewScreen({ state, context }: ScreenProps<ReviewState>) {
  const lines = reviewLines(state, context, commandLayout(context.area).inside.columns);
  const isReady = currentReview(state, context)?.obstacle === undefined;
  const title = `Review${isReady ? '  nothing is written yet' : ''}`;
  return <TextAboveCommand title={title} lines={lines} top={state.top} context={context} />;
}
