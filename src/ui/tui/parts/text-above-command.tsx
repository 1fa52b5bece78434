import { Box } from 'ink';
import type { ScreenContext } from '../screen.ts';
import { CommandFrame } from './command-frame.tsx';
import { commandLayout } from './command-layout.ts';
import { Frame } from './frame.tsx';
import { Lines } from './lines.tsx';
import { moreBelow } from './more-below.ts';
import type { Line } from './span.ts';

interface TextAboveCommandProps {
  readonly title: string;
  /** As wide as the layout's inside. */
  readonly lines: readonly Line[];
  /** The first line that is shown, as far as there are enough of them. */
  readonly top?: number;
  readonly context: ScreenContext;
}

/** A text that scrolls, and the command that does what the screens have decided. */
export function TextAboveCommand({
  title,
  lines,
  top = 0,
  context: { area, session },
}: TextAboveCommandProps) {
  const { text, inside, command } = commandLayout(area);
  const first = Math.max(0, Math.min(top, lines.length - inside.rows));
  const more = moreBelow(lines.length - first - inside.rows);
  return (
    <Box flexDirection="column" width={area.columns} height={area.rows}>
      <Frame title={title} note={more} area={text} isFocused>
        <Lines lines={lines.slice(first)} area={inside} />
      </Frame>
      <CommandFrame session={session} area={command} />
    </Box>
  );
}
