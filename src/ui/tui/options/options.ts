import type { KeyHelp, Screen } from '../screen.ts';
import { initialOptions, type OptionsState } from './options-state.ts';
import { reduceOptions } from './reduce-options.ts';

/** Everything that is decided about the image as a whole. */
export const optionsScreen: Screen<OptionsState> = {
  title: 'Options',
  initial: initialOptions,
  reduce: reduceOptions,
  keys: ({ field }) => (field ? FIELD_KEYS : LIST_KEYS),
  isTyping: ({ field }) => field !== undefined,
};

const LIST_KEYS: readonly KeyHelp[] = [
  { keys: 'j/k', does: 'move' },
  { keys: 'h/l', does: 'choose', help: 'the offer before, the next one' },
  { keys: 'Space', does: 'change', help: 'toggle, or type an answer' },
  { keys: 'Backspace', does: 'as usual', help: 'take the answer back', isRare: true },
  { keys: 'Enter', does: 'next' },
];

const FIELD_KEYS: readonly KeyHelp[] = [
  { keys: 'Enter', does: 'take it' },
  { keys: 'Esc', does: 'leave it' },
  { keys: 'Ctrl-U', does: 'clear' },
];
