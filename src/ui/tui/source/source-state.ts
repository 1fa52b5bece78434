import { expandHome } from '../../wizard/expand-home.ts';
import type { ListedEntry, StoreListing, StoreOffer } from '../../wizard/wizard-services.ts';
import { insideFrame } from '../parts/inside-frame.ts';
import { type ListSize, type ListState, listStart } from '../parts/list-state.ts';
import { fieldWith, type TextField } from '../parts/text-field.ts';
import type { ScreenContext } from '../screen.ts';
import { sourceLayout } from './source-layout.ts';
import { splitPath } from './source-path.ts';

/** A file browser whose place is the path in the field above it. */
export interface SourceState {
  readonly field: TextField;
  readonly focus: 'list' | 'field';
  readonly list: ListState;
  /** What the stores of this node have. */
  readonly stores: StoreListing;
  /** What is in a directory, under the path that it was asked for by. */
  readonly listing?: { readonly path: string; readonly entries: readonly ListedEntry[] };
  /** Also files that are no archives by their names, and hidden ones. */
  readonly showsAll: boolean;
  /** An archive whose name says nothing about the extension's: that is asked for first. */
  readonly nameless?: string;
  /** Why an archive could not be read, or a directory not be listed. */
  readonly problem?: string;
}

export const initialSource: SourceState = {
  field: fieldWith(''),
  focus: 'list',
  list: listStart,
  stores: { offers: [], problems: [] },
  showsAll: false,
};

/** An image of a store, the way to the directory above, or what is in the directory. */
export type SourceRow =
  | { readonly kind: 'offer'; readonly offer: StoreOffer }
  | { readonly kind: 'up' }
  | { readonly kind: 'entry'; readonly entry: ListedEntry };

/** The directory that the field is about, as the system knows it; empty: the working directory. */
export function shownDirectory({ field }: SourceState, { session }: ScreenContext): string {
  return expandHome(splitPath(field.text).directory, session.env.HOME);
}

/** The stores' images first, as long as nobody looks elsewhere. */
export function sourceRows(state: SourceState, context: ScreenContext): readonly SourceRow[] {
  const { prefix } = splitPath(state.field.text);
  const offers =
    state.field.text === ''
      ? state.stores.offers.map(offer => ({ kind: 'offer' as const, offer }))
      : [];
  const entries = matchingEntries(state, context).map(entry => ({
    kind: 'entry' as const,
    entry,
  }));
  const isDirectory = ({ entry }: { entry: ListedEntry }) => entry.kind === 'directory';
  return [
    ...offers,
    ...entries.filter(entry => !isDirectory(entry)),
    ...entries.filter(isDirectory),
    ...(prefix === '' && hasAnswer(state, context) ? [{ kind: 'up' as const }] : []),
  ];
}

/** Until then the way up would be the first row, and be taken by who types ahead. */
function hasAnswer(state: SourceState, context: ScreenContext): boolean {
  return state.problem !== undefined || state.listing?.path === shownDirectory(state, context);
}

/** What of the directory begins like the name in the field. */
export function matchingEntries(
  state: SourceState,
  context: ScreenContext,
): readonly ListedEntry[] {
  const { listing, field, showsAll } = state;
  if (!listing || listing.path !== shownDirectory(state, context)) return [];
  const { prefix } = splitPath(field.text);
  return listing.entries.filter(({ name, kind }) => {
    if (!name.startsWith(prefix)) return false;
    const isSeen = prefix.startsWith('.') || !name.startsWith('.');
    return showsAll || (isSeen && (kind !== 'file' || prefix !== ''));
  });
}

/** All rows, and how many of them the frame shows. */
export function sourceSize(state: SourceState, context: ScreenContext): ListSize {
  const { list } = sourceLayout(context.area, state.problem);
  const rows = insideFrame(list).rows - (storeProblem(state) === undefined ? 0 : 1);
  return { count: sourceRows(state, context).length, rows };
}

/** What is said above the stores' images: that some may be missing, or that their use is not known. */
export function storeProblem({ stores, field }: SourceState): string | undefined {
  const [first, ...more] = stores.problems;
  if (first === undefined || field.text !== '') return undefined;
  return more.length === 0 ? first : `${first}; ${more.length} more`;
}
