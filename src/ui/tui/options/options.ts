import type { KeyHelp, Screen } from '../screen.ts';
import { OPTION_ROWS, type OptionRow, titleOf } from './option-rows.ts';
import { initialOptions, type OptionsState } from './options-state.ts';
import { reduceOptions } from './reduce-options.ts';

/** Everything that is decided about the image as a whole. */
export const optionsScreen: Screen<OptionsState> = {
  title: 'Options',
  initial: initialOptions,
  reduce: reduceOptions,
  keys: ({ field, list }) =>
    field ? FIELD_KEYS : [...rowKeys(OPTION_ROWS[list.cursor]), ...LIST_KEYS],
  isTyping: ({ field }) => field !== undefined,
};

/** What can be done with the option under the cursor. */
function rowKeys(row: OptionRow | undefined): readonly KeyHelp[] {
  if (!row) return [];
  if (row.kind === 'elsewhere') return [{ keys: 'Space', does: `go to ${titleOf(row.screen)}` }];
  const { offers, isClosed } = row.question;
  return [
    {
      keys: 'Space',
      does: isClosed ? 'yes or no' : 'type',
      help: isClosed ? 'yes or no' : 'type an answer',
    },
    ...(offers.length === 0 || isClosed ? [] : [CHOOSE]),
    { keys: 'Backspace', does: 'as usual', help: 'take the answer back', isRare: true },
  ];
}

const CHOOSE: KeyHelp = { keys: 'h/l', does: 'choose', help: 'the offer before, the next one' };

const LIST_KEYS: readonly KeyHelp[] = [
  { keys: 'Enter', does: 'next' },
  { keys: 'j/k', does: 'move' },
];

const FIELD_KEYS: readonly KeyHelp[] = [
  { keys: 'Enter', does: 'take it' },
  { keys: 'Esc', does: 'leave it' },
  { keys: 'Ctrl-U', does: 'clear' },
];
