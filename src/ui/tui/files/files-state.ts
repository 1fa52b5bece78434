import type { Analysis } from '../analysis.ts';
import type { NewsEvent } from '../app-event.ts';
import type { TreeNode } from '../entry-tree.ts';
import { insideFrame } from '../parts/inside-frame.ts';
import { fitList, type ListSize, type ListState, listStart, moveTo } from '../parts/list-state.ts';
import type { Line } from '../parts/span.ts';
import type { Preview } from '../preview.ts';
import type { ScreenContext } from '../screen.ts';
import { type Step, step } from '../step.ts';
import { filesLayout } from './files-layout.ts';
import type { Search } from './files-search.ts';
import { hasContent, previewLines } from './preview-lines.ts';
import { ancestorsOf, foldedAtFirst, type TreeView, treeRows } from './tree-rows.ts';

/** What Files remembers between events. */
export interface FilesState extends TreeView {
  /** What the tree shows, from top to bottom: made when that changes, not at every key. */
  readonly rows: readonly TreeNode[];
  readonly list: ListState;
  readonly search?: Search;
  readonly pane: 'list' | 'preview';
  /** The content covers the screen. */
  readonly isFull: boolean;
  readonly view?: FileView;
}

/** The content of the entry under the cursor. */
interface FileView {
  readonly path: string;
  readonly lines: readonly Line[];
  readonly preview?: Preview;
  /** The first line and the first column that are shown. */
  readonly top: number;
  readonly left: number;
}

export const initialFiles: FilesState = {
  folded: new Set(),
  filter: 'all',
  sort: 'name',
  rows: [],
  list: listStart,
  pane: 'list',
  isFull: false,
};

/** Undefined when the filter lets nothing through. */
export function nodeAtCursor({ rows, list }: FilesState): TreeNode | undefined {
  return rows[list.cursor];
}

/** What other than a key can change here. */
export function hearFiles(
  state: FilesState,
  event: NewsEvent,
  context: ScreenContext,
): Step<FilesState> {
  const { analysis } = context.session;
  switch (event.kind) {
    case 'planned':
      return analysis ? replanned(state, analysis, context) : step(state);
    case 'preview':
      return step(analysis ? withPreview(state, event, analysis) : state);
    case 'resize':
      return step({ ...state, list: fitList(state.list, listSize(state, context)) });
    default:
      return step(state);
  }
}

/** All rows, and how many of them the frame shows. */
export function listSize({ rows }: Pick<FilesState, 'rows'>, { area }: ScreenContext): ListSize {
  return { count: rows.length, rows: insideFrame(filesLayout(area).list).rows };
}

/** The tree shown otherwise, with the cursor where it was. */
export function viewTree(
  state: FilesState,
  view: Partial<TreeView>,
  context: ScreenContext,
): Step<FilesState> {
  const { analysis } = context.session;
  const changed = { ...state, ...view };
  const rows = analysis ? treeRows(analysis.roots, changed) : [];
  return select({ ...changed, rows }, nodeAtCursor(state)?.path, context);
}

/** The cursor on the entry with this path, as far as the tree shows it. */
export function select(
  state: FilesState,
  path: string | undefined,
  context: ScreenContext,
): Step<FilesState> {
  const index = state.rows.findIndex(node => node.path === path);
  const cursor = index < 0 ? state.list.cursor : index;
  return moveCursor(state, moveTo(state.list, cursor, listSize(state, context)), context);
}

/** Also an entry that is not shown: what hides it is opened. */
export function reveal(state: FilesState, path: string, context: ScreenContext): Step<FilesState> {
  const folded = new Set(state.folded);
  for (const ancestor of ancestorsOf(path)) folded.delete(ancestor);
  const opened = viewTree(state, { folded }, context).state;
  const isShown = opened.rows.some(node => node.path === path);
  const shown = isShown ? opened : viewTree(opened, { filter: 'all' }, context).state;
  return select({ ...shown, pane: 'list', isFull: false }, path, context);
}

/** The content of another entry is asked for. */
export function moveCursor(
  state: FilesState,
  list: ListState,
  { session: { analysis } }: ScreenContext,
): Step<FilesState> {
  const moved = { ...state, list };
  const node = nodeAtCursor(moved);
  if (!node || !analysis || state.view?.path === node.path) return step(moved);
  const view = { path: node.path, lines: previewLines(node, analysis, undefined), top: 0, left: 0 };
  const next = { ...moved, view };
  return hasContent(node) ? step(next, { do: 'preview', path: node.path }) : step(next);
}

function replanned(
  state: FilesState,
  analysis: Analysis,
  context: ScreenContext,
): Step<FilesState> {
  const isFirst = state.rows.length === 0;
  const folded = isFirst ? foldedAtFirst(analysis.nodes) : state.folded;
  const { view, ...rest } = state;
  // The content is the same, but what becomes of it may not be.
  const next = viewTree(rest, { folded }, context);
  const node = nodeAtCursor(next.state);
  if (!view || view.path !== node?.path) return next;
  return step({
    ...next.state,
    view: { ...view, lines: previewLines(node, analysis, view.preview) },
  });
}

function withPreview(
  state: FilesState,
  { path, preview }: { readonly path: string; readonly preview: Preview },
  analysis: Analysis,
): FilesState {
  const node = nodeAtCursor(state);
  if (!state.view || state.view.path !== path || node?.path !== path) return state;
  return {
    ...state,
    view: { ...state.view, preview, lines: previewLines(node, analysis, preview) },
  };
}
