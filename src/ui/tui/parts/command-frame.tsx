import { equivalentCommand } from '../../../command-line/parse-answers.ts';
import type { Session } from '../session.ts';
import type { Area } from '../viewport.ts';
import { commandLines } from './command-lines.ts';
import { Frame } from './frame.tsx';
import { insideFrame } from './inside-frame.ts';
import { Lines } from './lines.tsx';
import { lineOf } from './span.ts';

/** The command that does what the screens have decided so far. */
export function CommandFrame({
  session,
  area,
}: {
  readonly session: Session;
  readonly area: Area;
}) {
  const inside = insideFrame(area);
  const words = equivalentCommand(session.choices, session.env);
  const lines = commandLines(words, inside.columns).map(line => lineOf(line));
  return (
    <Frame title="The same as a command" area={area}>
      <Lines lines={lines} area={inside} />
    </Frame>
  );
}
