import { commandLayout } from '../parts/command-layout.ts';
import { TextAboveCommand } from '../parts/text-above-command.tsx';
import type { ScreenProps } from '../screen.ts';
import { convertLines } from './convert-lines.ts';
import type { ConvertState } from './convert-state.ts';

export function ConvertScreen({ state, context }: ScreenProps<ConvertState>) {
  const { columns, rows } = commandLayout(context.area).inside;
  const lines = convertLines(state, context.session, columns).slice(0, rows);
  return <TextAboveCommand title="Convert" lines={lines} context={context} />;
}
