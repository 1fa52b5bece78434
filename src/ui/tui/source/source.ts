import type { KeyHelp, Screen } from '../screen.ts';
import { reduceSource } from './reduce-source.ts';
import { initialSource, type SourceState } from './source-state.ts';

/** Which archive is converted. */
export const sourceScreen: Screen<SourceState> = {
  title: 'Source',
  initial: initialSource,
  reduce: reduceSource,
  keys: ({ focus, showsAll }) => (focus === 'field' ? FIELD_KEYS : listKeys(showsAll)),
  isTyping: ({ focus }) => focus === 'field',
};

function listKeys(showsAll: boolean): readonly KeyHelp[] {
  return [
    { keys: 'j/k', does: 'move' },
    { keys: 'Enter', does: 'open' },
    { keys: 'h', does: 'up', help: 'the directory above' },
    { keys: '/', does: 'type a path' },
    { keys: 'f', does: showsAll ? 'archives only' : 'all files' },
    { keys: 'PgUp/PgDn', does: 'a page', isRare: true },
    { keys: 'g/G', does: 'first, last', isRare: true },
  ];
}

const FIELD_KEYS: readonly KeyHelp[] = [
  { keys: 'Enter', does: 'open' },
  { keys: 'Tab', does: 'complete' },
  { keys: 'Esc', does: 'to the list' },
  { keys: 'Ctrl-U', does: 'clear' },
  { keys: 'Ctrl-W', does: 'a word back', isRare: true },
];
