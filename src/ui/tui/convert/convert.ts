import type { KeyHelp, Screen } from '../screen.ts';
import { type ConvertState, initialConvert } from './convert-state.ts';
import { reduceConvert } from './reduce-convert.ts';

/** What is being written, until it is or somebody stops it. Coming here starts it. */
export const convertScreen: Screen<ConvertState> = {
  title: 'Convert',
  initial: initialConvert,
  reduce: reduceConvert,
  enter: ({ session: { choices } }) => [{ do: 'convert', choices }],
  keys: ({ failure }) => (failure ? FAILED_KEYS : RUNNING_KEYS),
};

const RUNNING_KEYS: readonly KeyHelp[] = [
  { keys: 'Ctrl-C', does: 'stop', help: 'asks, and leaves nothing behind; Esc and q do the same' },
  { keys: 'Ctrl-Z', does: 'suspend', isRare: true },
];

const FAILED_KEYS: readonly KeyHelp[] = [
  { keys: 'Enter', does: 'back to Review', help: 'Esc does the same' },
];
