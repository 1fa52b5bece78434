import type { KeyHelp, ScreenContext } from '../screen.ts';
import type { FilesState } from './files-state.ts';

export function filesKeys(state: FilesState, { isWizard }: ScreenContext): readonly KeyHelp[] {
  if (state.search?.isTyping) return SEARCH_KEYS;
  if (state.isFull) return FULL_KEYS;
  if (state.pane === 'preview') return PANE_KEYS;
  return state.search ? [...treeKeys(isWizard), CLEAR] : treeKeys(isWizard);
}

const SEARCH_KEYS: readonly KeyHelp[] = [
  { keys: 'Enter', does: 'keep the match' },
  { keys: 'Esc', does: 'back to where you were' },
];

const SCROLL_KEYS: readonly KeyHelp[] = [
  { keys: 'j/k', does: 'scroll' },
  { keys: 'h/l', does: 'left, right' },
  { keys: 'PgUp/PgDn', does: 'a page', isRare: true },
  { keys: 'g/G', does: 'start, end', isRare: true },
];

const FULL_KEYS: readonly KeyHelp[] = [
  ...SCROLL_KEYS,
  { keys: 'Esc', does: 'close' },
  { keys: 'Enter', does: 'close', isRare: true },
  { keys: 'q', does: 'close', isRare: true },
];

const PANE_KEYS: readonly KeyHelp[] = [
  ...SCROLL_KEYS,
  { keys: 'Enter', does: 'full screen' },
  { keys: 'Tab', does: 'tree' },
  { keys: 'Esc', does: 'tree', isRare: true },
];

const CLEAR: KeyHelp = { keys: 'Esc', does: 'clear the search', isRare: true };

function treeKeys(isWizard: boolean): readonly KeyHelp[] {
  return [
    { keys: 'j/k', does: 'move', isRare: true },
    { keys: 'PgUp/PgDn', does: 'a page', isRare: true },
    { keys: 'g/G', does: 'first, last', isRare: true },
    { keys: 'l/h', does: 'open, close a directory', isRare: true },
    ...(isWizard ? [{ keys: 'Enter', does: 'next' }] : []),
    { keys: isWizard ? 'v' : 'Enter', does: 'view' },
    { keys: 'Space', does: 'drop', help: 'drop an entry, or keep it' },
    { keys: '/', does: 'find', help: 'search a name, or with a slash in it a path' },
    { keys: 'n/N', does: 'next, previous match', isRare: true },
    { keys: 'f', does: 'filter', help: 'show all, rewritten, dynamic, findings, dropped' },
    { keys: 's', does: 'sort', help: 'sort by name or by size' },
    { keys: 'x', does: 'why', help: 'explain the findings' },
    { keys: 'e', does: 'export', help: 'write the plan as JSON' },
    { keys: 'Tab', does: 'content beside the tree', isRare: true },
  ];
}
