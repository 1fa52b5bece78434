import { Text } from 'ink';
import type { ReactNode } from 'react';
import { lookOf } from '../theme.ts';
import type { Area } from '../viewport.ts';
import { fitLine, type Line } from './span.ts';

/** Lines in exactly the cells of an area: what is too long is cut, what is too many is left out. */
export function Lines({ lines, area }: { readonly lines: readonly Line[]; readonly area: Area }) {
  const { columns, rows } = area;
  if (columns <= 0 || rows <= 0) return null;
  // One text for all of them: the layout engine costs more than everything else that is painted.
  return (
    <Text>{lines.slice(0, rows).map((line, row) => paintLine(fitLine(line, columns), row))}</Text>
  );
}

function paintLine(line: Line, row: number): ReactNode[] {
  const spans = line.map(({ text, tone }, index) =>
    tone === undefined ? (
      text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the spans of a line have no other identity.
      <Text key={`${row}.${index}`} {...lookOf(tone)}>
        {text}
      </Text>
    ),
  );
  return row === 0 ? spans : ['\n', ...spans];
}
