import type { TextProps } from 'ink';

/** What a piece of text is, not how it looks. Whatever a tone says stands in the words or marks as well. */
export type Tone =
  | 'error'
  | 'warning'
  | 'info'
  | 'good'
  | 'added'
  | 'removed'
  | 'faint'
  | 'strong'
  | 'accent'
  | 'selected';

type Look = Pick<TextProps, 'color' | 'bold' | 'dimColor' | 'inverse'>;

/** The sixteen colours that every terminal lets its user choose; none of them is a background. */
const LOOKS: Readonly<Record<Tone, Look>> = {
  error: { color: 'red' },
  warning: { color: 'yellow' },
  info: { color: 'cyan' },
  good: { color: 'green' },
  added: { color: 'green' },
  removed: { color: 'red' },
  faint: { dimColor: true },
  strong: { bold: true },
  accent: { color: 'cyan', bold: true },
  selected: { inverse: true },
};

/** Of what has no tone: as the terminal shows all text. */
export function lookOf(tone: Tone | undefined): Look {
  return tone === undefined ? {} : LOOKS[tone];
}
