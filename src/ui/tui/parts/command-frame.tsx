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
  const words = equivalentCommand(session.choices, session.env);
  if (area.rows < 3) {
    const [line = ''] = commandLines(words, { columns: area.columns - 2, rows: 1 });
    return <Lines lines={[[{ text: '$ ', tone: 'faint' }, { text: line }]]} area={area} />;
  }
  const inside = insideFrame(area);
  return (
    <Frame title="The same as a command" area={area}>
      <Lines lines={commandLines(words, inside).map(line => lineOf(line))} area={inside} />
    </Frame>
  );
}
