import { insideFrame } from '../parts/inside-frame.ts';
import { type ListSize, type ListState, listStart } from '../parts/list-state.ts';
import type { TextField } from '../parts/text-field.ts';
import type { ScreenContext } from '../screen.ts';
import { OPTION_ROWS } from './option-rows.ts';
import { optionsLayout } from './options-layout.ts';

/** What Options remembers between events: the answers themselves are in the session. */
export interface OptionsState {
  readonly list: ListState;
  /** The answer under the cursor, while it is typed. */
  readonly field?: TextField;
}

export const initialOptions: OptionsState = { list: listStart };

/** All rows, and how many of them the frame shows. */
export function optionsSize({ area }: ScreenContext): ListSize {
  return { count: OPTION_ROWS.length, rows: insideFrame(optionsLayout(area).list).rows };
}
