import type { KeyHelp, ScreenContext } from '../screen.ts';
import { isWide } from '../viewport.ts';
import { type FilesState, nodeAtCursor } from './files-state.ts';
import { isLeftOut } from './is-left-out.ts';

/** What the keys do where one is: in a search, the content, or the tree. */
export function filesKeys(state: FilesState, context: ScreenContext): readonly KeyHelp[] {
  if (state.search?.isTyping) return SEARCH_KEYS;
  if (state.isFull) return FULL_KEYS;
  if (state.pane === 'preview') return PANE_KEYS;
  return state.search ? [...treeKeys(state, context), CLEAR] : treeKeys(state, context);
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

function treeKeys(
  state: FilesState,
  { isWizard, area, session: { choices } }: ScreenContext,
): readonly KeyHelp[] {
  const node = nodeAtCursor(state);
  const isOut = node !== undefined && isLeftOut(node, choices);
  return [
    { keys: 'j/k', does: 'move', isRare: true },
    { keys: 'PgUp/PgDn', does: 'a page', isRare: true },
    { keys: 'g/G', does: 'first, last', isRare: true },
    { keys: 'l/h', does: 'open, close a directory', isRare: true },
    ...(isWizard ? [{ keys: 'Enter', does: 'next' }] : []),
    {
      keys: isWizard ? 'v' : 'Enter',
      does: 'view',
      help: 'what is in it, and what is known of it',
    },
    { keys: 'Space', does: isOut ? 'keep' : 'drop', help: 'leave out the entry, or keep it' },
    { keys: '/', does: 'find', help: 'search a name, or with a slash in it a path' },
    { keys: 'n/N', does: 'next, previous match', isRare: true },
    { keys: 'f', does: 'filter', help: 'show all, rewritten, dynamic, findings, dropped' },
    { keys: 's', does: 'sort', help: 'sort by name or by size' },
    { keys: 'x', does: 'why', help: 'explain the findings' },
    { keys: 'e', does: 'export', help: 'write the plan as JSON' },
    isWide(area)
      ? { keys: 'Tab', does: 'scroll the content beside the tree', isRare: true }
      : { keys: 'Tab', does: 'what is in it, also in a directory', isRare: true },
  ];
}
