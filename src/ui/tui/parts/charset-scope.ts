import type { Charset } from '../../charset.ts';
import { GLYPHS, type Glyphs } from '../../glyphs.ts';

/**
 * Does work whose lines are for a terminal with this charset. Whoever makes a line asks here, as components ask for a
 * context of React: half of the lines are made by reducers, which have to know their widths. Only what takes a state and
 * gives one, or gives a frame, opens a scope, so those stay functions of the state.
 * @param work is done when it returns: a scope does not last through an await
 */
export function inCharset<T>(charset: Charset, work: () => T): T {
  const before = current;
  current = charset;
  try {
    return work();
  } finally {
    current = before;
  }
}

let current: Charset = 'utf8';

/** Of the terminal that lines are made for just now. */
export function currentCharset(): Charset {
  return current;
}

/** Those that the terminal can show that lines are made for just now. */
export function glyphs(): Glyphs {
  return GLYPHS[current];
}
