import type { Charset } from './charset.ts';

/** The signs that screens are made of, besides letters. */
export interface Glyphs {
  /** Stands in one cell where a text was cut. */
  readonly cut: string;
  /** Behind what goes on. */
  readonly goesOn: string;
  /** Between a thing and what becomes of it. */
  readonly becomes: string;
  /** Before what can be folded: one cell each. */
  readonly open: string;
  readonly folded: string;
  /** One cell each, by the names that Ink has for them. */
  readonly border: Border;
}

interface Border {
  readonly topLeft: string;
  readonly top: string;
  readonly topRight: string;
  readonly left: string;
  readonly right: string;
  readonly bottomLeft: string;
  readonly bottom: string;
  readonly bottomRight: string;
}

/** No other file of the interface has a character beyond ASCII: a terminal might not be able to show it. */
export const GLYPHS: Readonly<Record<Charset, Glyphs>> = {
  utf8: {
    cut: '…',
    goesOn: '…',
    becomes: '→',
    open: '▾',
    folded: '▸',
    border: {
      ...{ topLeft: '┌', top: '─', topRight: '┐', left: '│' },
      ...{ right: '│', bottomLeft: '└', bottom: '─', bottomRight: '┘' },
    },
  },
  ascii: {
    cut: '~',
    goesOn: '...',
    becomes: '=>',
    open: 'v',
    folded: '>',
    border: {
      ...{ topLeft: '+', top: '-', topRight: '+', left: '|' },
      ...{ right: '|', bottomLeft: '+', bottom: '-', bottomRight: '+' },
    },
  },
};
