import { Box } from 'ink';
import { CommandFrame } from '../parts/command-frame.tsx';
import { Frame } from '../parts/frame.tsx';
import { insideFrame } from '../parts/inside-frame.ts';
import { Lines } from '../parts/lines.tsx';
import type { ScreenContext } from '../screen.ts';
import { reviewLayout } from './review-layout.ts';
import { reviewLines } from './review-lines.ts';
import { currentReview, type ReviewState } from './review-state.ts';

interface ReviewProps {
  readonly state: ReviewState;
  readonly context: ScreenContext;
}

export function ReviewScreen({ state, context }: ReviewProps) {
  const { area, session } = context;
  const { text, command } = reviewLayout(area);
  const inside = insideFrame(text);
  const lines = reviewLines(state, context, inside.columns);
  const top = Math.max(0, Math.min(state.top, lines.length - inside.rows));
  const isReady = currentReview(state, context)?.obstacle === undefined;
  const below = lines.length - top - inside.rows;
  const title = `Review${isReady ? '  nothing is written yet' : ''}${below > 0 ? `  ${below} more lines below` : ''}`;
  return (
    <Box flexDirection="column" width={area.columns} height={area.rows}>
      <Frame title={title} area={text} isFocused>
        <Lines lines={lines.slice(top)} area={inside} />
      </Frame>
      <CommandFrame session={session} area={command} />
    </Box>
  );
}
