import type { KeyHelp, Screen } from '../screen.ts';
import { reduceSource } from './reduce-source.ts';
import { initialSource, type SourceState } from './source-state.ts';

/** Which archive is converted. */
export const sourceScreen: Screen<SourceState> = {
  title: 'Source',
  initial: initialSource,
  reduce: reduceSource,
  keys: ({ focus }) => (focus === 'field' ? FIELD_KEYS : LIST_KEYS),
  isTyping: ({ focus }) => focus === 'field',
};

const LIST_KEYS: readonly KeyHelp[] = [
  { keys: 'j/k', does: 'move' },
  { keys: 'Enter', does: 'open' },
  { keys: 'h', does: 'up', help: 'the directory above' },
  { keys: '/', does: 'type a path' },
  { keys: 'f', does: 'all files' },
  { keys: 'PgUp/PgDn', does: 'a page', isRare: true },
  { keys: 'g/G', does: 'first, last', isRare: true },
];

const FIELD_KEYS: readonly KeyHelp[] = [
  { keys: 'Enter', does: 'open' },
  { keys: 'Tab', does: 'complete' },
  { keys: 'Esc', does: 'to the list' },
  { keys: 'Ctrl-U', does: 'clear' },
  { keys: 'Ctrl-W', does: 'a word back', isRare: true },
];
