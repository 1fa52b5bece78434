import type { KeyHelp, ScreenContext } from '../screen.ts';

/** The keys of every table; `own` are those of this one, which stand before the rest. */
export function tableKeys(
  { isWizard }: ScreenContext,
  own: readonly KeyHelp[] = [],
): readonly KeyHelp[] {
  return [
    { keys: 'j/k', does: 'move', isRare: true },
    { keys: 'PgUp/PgDn', does: 'a page', isRare: true },
    { keys: 'g/G', does: 'first, last', isRare: true },
    ...own,
    ...(isWizard ? [{ keys: 'Enter', does: 'next' }] : []),
    { keys: isWizard ? 'v' : 'Enter', does: 'show in Files' },
    { keys: 'x', does: 'why', help: 'explain the findings' },
    { keys: 'f', does: 'filter' },
  ];
}
