import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { lookOf } from '../theme.ts';
import type { Area } from '../viewport.ts';
import { glyphs } from './charset-scope.ts';
import { cellWidth, cutStart, cutText } from './fit-text.ts';

interface FrameProps {
  /** Safe to show; may be empty. Where there is no room its end is kept: of a path that says most. */
  readonly title: string;
  /** Stands behind the title, and is not cut. */
  readonly note?: string;
  /** With the frame's own lines, one on each side. */
  readonly area: Area;
  /** Keys go here: brackets around the title say so. */
  readonly isFocused?: boolean;
  readonly children?: ReactNode;
}

/** A box with its title in the upper line. */
export function Frame({ title, note = '', area, isFocused = false, children }: FrameProps) {
  const { columns, rows } = area;
  if (columns < 2 || rows < 2) return null;
  const { border } = glyphs();
  const look = lookOf(isFocused ? 'accent' : undefined);
  const [open, close] = isFocused ? ['[', ']'] : [' ', ' '];
  const room = Math.max(0, columns - 6 - cellWidth(note));
  const text = cutText(cutStart(title, room) + note, columns - 6);
  const label = columns < 6 || text === '' ? '' : open + text + close;
  const rest = columns - 3 - cellWidth(label);
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Text>
        {border.topLeft + border.top}
        <Text {...look}>{label}</Text>
        {border.top.repeat(Math.max(0, rest)) + border.topRight}
      </Text>
      <Box borderStyle={border} borderTop={false} width={columns} height={rows - 1}>
        {children}
      </Box>
    </Box>
  );
}
