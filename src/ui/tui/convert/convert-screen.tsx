import { commandLayout } from '../parts/command-layout.ts';
import { TextAboveCommand } from '../parts/text-above-command.tsx';
import type { ScreenContext } from '../screen.ts';
import { convertLines } from './convert-lines.ts';
import type { ConvertState } from './convert-state.ts';

interface ConvertProps {
  readonly state: ConvertState;
  readonly context: ScreenContext;
}

export function ConvertScreen({ state, context }: ConvertProps) {
  const { columns, rows } = commandLayout(context.area).inside;
  const lines = convertLines(state, context.session, columns).slice(0, rows);
  return <TextAboveCommand title="Convert" lines={lines} context={context} />;
}
