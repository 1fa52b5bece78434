import type { Tone } from '../theme.ts';

import type { Line } from './span.ts';
import { textLines } from './text-lines.ts';

/** A unified diff in colours; its own marks say the same without them. */
export function diffLines(diff: string): Line[] {
  return textLines(diff).map(text => [{ text, tone: toneOf(text) }]);
}

function toneOf(line: string): Tone | undefined {
  if (line.startsWith('+++') || line.startsWith('---')) return 'strong';
  if (line.startsWith('@@')) return 'accent';
  if (line.startsWith('+')) return 'added';
  return line.startsWith('-') ? 'removed' : undefined;
}
