import type { KeyHelp, Screen } from '../screen.ts';
import { type ConvertState, initialConvert } from './convert-state.ts';
import { reduceConvert } from './reduce-convert.ts';

/** What is being written, until it is or somebody stops it. Coming here starts it. */
export const convertScreen: Screen<ConvertState> = {
  title: 'Convert',
  initial: initialConvert,
  reduce: reduceConvert,
  enter: ({ session: { choices } }) => [{ do: 'convert', choices }],
  keys: ({ failure, isCancelled }) => (failure ? FAILED_KEYS : isCancelled ? [] : RUNNING_KEYS),
};

const RUNNING_KEYS: readonly KeyHelp[] = [
  { keys: 'Ctrl-C', does: 'stop', help: 'stop after a question; nothing is left behind' },
  { keys: 'Esc', does: 'stop', help: 'the same', isRare: true },
  { keys: 'q', does: 'stop', help: 'the same', isRare: true },
];

const FAILED_KEYS: readonly KeyHelp[] = [
  { keys: 'Enter', does: 'back to Review' },
  { keys: 'Esc', does: 'back to Review', isRare: true },
];
