import type { KeyHelp, ScreenContext } from '../screen.ts';
import type { TableRow, TableState } from './table-state.ts';

/** The keys of every table; `own` are those of this one, which stand before the rest. */
export function tableKeys(
  { detailsTop }: TableState<TableRow, string>,
  { isWizard }: ScreenContext,
  own: readonly KeyHelp[] = [],
): readonly KeyHelp[] {
  if (detailsTop !== undefined) return [...own, ...DETAILS_KEYS];
  return [
    { keys: 'j/k', does: 'move', isRare: true },
    { keys: 'PgUp/PgDn', does: 'a page', isRare: true },
    { keys: 'g/G', does: 'first, last', isRare: true },
    ...own,
    ...(isWizard ? [{ keys: 'Enter', does: 'next' }] : []),
    { keys: 'Tab', does: 'details', help: 'all that is known of the row' },
    { keys: isWizard ? 'v' : 'Enter', does: 'show in Files' },
    { keys: 'x', does: 'why', help: 'explain the findings' },
    { keys: 'f', does: 'filter' },
  ];
}

const DETAILS_KEYS: readonly KeyHelp[] = [
  { keys: 'j/k', does: 'scroll' },
  { keys: 'PgUp/PgDn', does: 'a page', isRare: true },
  { keys: 'g/G', does: 'start, end', isRare: true },
  { keys: 'v', does: 'show in Files' },
  { keys: 'x', does: 'why', help: 'explain the findings' },
  { keys: 'Esc', does: 'close' },
  { keys: 'Tab', does: 'close', isRare: true },
  { keys: 'Enter', does: 'close', isRare: true },
  { keys: 'q', does: 'close', isRare: true },
];
