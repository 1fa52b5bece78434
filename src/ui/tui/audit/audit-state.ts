import type { Unjudged } from '../../audit-report.ts';
import { insideFrame } from '../parts/inside-frame.ts';
import { type ListSize, type ListState, listStart, moveTo } from '../parts/list-state.ts';
import type { Line } from '../parts/span.ts';
import type { ScreenContext } from '../screen.ts';
import { auditDetails } from './audit-details.ts';
import { auditLayout } from './audit-layout.ts';
import { type AuditModel, auditModel } from './audit-model.ts';
import { type AuditFilter, type AuditRow, auditRows, rowPath } from './audit-rows.ts';
import type { AuditFix, AuditView, FixPreview } from './audit-services.ts';

/** What the audit remembers between events. */
export interface AuditState extends AuditFilter {
  /** Of the newest audit. */
  readonly model?: AuditModel;
  /** What is under way. */
  readonly work?: 'audit' | 'plan' | 'apply';
  /** How many files were read or written, and of how many, where that is known. */
  readonly progress?: { readonly done: number; readonly files?: number };
  /** The interface ends when the files are written: what was done has to be told. */
  readonly leaving?: Leaving;
  /** Files whose findings are not listed. */
  readonly folded: ReadonlySet<string>;
  /** Keys of the fixes that will be made. */
  readonly chosen: ReadonlySet<string>;
  /** The list from top to bottom: made when that changes, not at every key. */
  readonly rows: readonly AuditRow[];
  readonly list: ListState;
  readonly search?: AuditSearch;
  /** Where keys go. */
  readonly pane: 'list' | 'details';
  /** The details cover the list. */
  readonly isFull: boolean;
  /** The first line and the first column of the details that are shown. */
  readonly top: number;
  readonly left: number;
  /** What all chosen fixes together would change, while one looks at it. */
  readonly patch?: PatchView;
  /** The fixes that were made so far. */
  readonly made: readonly AuditFix[];
  /** Files that were changed, and those that could not be. */
  readonly fixed: readonly string[];
  readonly unfixed: readonly Unjudged[];
}

interface PatchView {
  readonly preview: FixPreview;
  /** The first line and the first column that are shown. */
  readonly top: number;
  readonly left: number;
}

/** `quit` waits for all files that are to be written, `cancel` for the one that is being written. */
export type Leaving = 'quit' | 'cancel';

export interface AuditSearch {
  readonly text: string;
  readonly isTyping: boolean;
  /** Where the cursor was when the search began. */
  readonly origin: number;
}

export const initialAudit: AuditState = {
  work: 'audit',
  severity: 'all',
  isFixable: false,
  folded: new Set(),
  chosen: new Set(),
  rows: [],
  list: listStart,
  pane: 'list',
  isFull: false,
  top: 0,
  left: 0,
  made: [],
  fixed: [],
  unfixed: [],
};

/** Undefined when nothing is listed. */
export function rowAtCursor({ rows, list }: AuditState): AuditRow | undefined {
  return rows[list.cursor];
}

/** All rows, and how many of them the frame shows. */
export function listSize({ rows }: Pick<AuditState, 'rows'>, { area }: ScreenContext): ListSize {
  return { count: rows.length, rows: insideFrame(auditLayout(area).list).rows };
}

/** What is said about the row under the cursor. */
export function detailLines(state: AuditState, columns: number): Line[] {
  const { model, chosen } = state;
  const row = rowAtCursor(state);
  return model && row ? auditDetails(row, { model, chosen, columns }) : [];
}

/** After an audit: what was chosen or left out before stays so, and of what is new the safe fixes are chosen. */
export function withAudit(state: AuditState, view: AuditView, context: ScreenContext): AuditState {
  const { work: _done, progress: _all, patch: _old, model: before, ...rest } = state;
  const model = auditModel(view);
  const known = new Set(before?.fixes.map(({ key }) => key));
  const isChosen = ({ key, safety }: AuditFix) =>
    known.has(key) ? state.chosen.has(key) : safety === 'safe' || view.options.unsafeFixes;
  const chosen = new Set(model.fixes.filter(isChosen).map(({ key }) => key));
  const next = listed({ ...rest, model, chosen }, state, context);
  // Nobody wants to begin at the name of a file.
  const isFirst = before === undefined && next.rows[0]?.kind === 'file';
  return isFirst ? moveCursor(next, moveTo(next.list, 1, listSize(next, context))) : next;
}

/** What is listed is something else now; the cursor stays where it was, or at the same file. */
export function listed(
  { rule: _old, ...state }: AuditState,
  { severity, rule, isFixable, folded }: AuditFilter & Pick<AuditState, 'folded'>,
  context: ScreenContext,
): AuditState {
  const filter = { severity, isFixable, ...(rule && { rule }) };
  const rows = state.model ? auditRows(state.model, filter, folded) : [];
  const next = { ...state, ...filter, folded, rows };
  return moveCursor(next, moveTo(state.list, cursorIn(rows, state), listSize(next, context)));
}

function cursorIn(rows: readonly AuditRow[], state: AuditState): number {
  const before = rowAtCursor(state);
  if (!before) return state.list.cursor;
  const same = rows.findIndex(
    row => row.kind === 'finding' && before.kind === 'finding' && row.finding === before.finding,
  );
  if (same >= 0) return same;
  const sameFile = rows.findIndex(row => rowPath(row) === rowPath(before));
  return sameFile >= 0 ? sameFile : state.list.cursor;
}

/** The details of another row are shown from their beginning. */
export function moveCursor(state: AuditState, list: ListState): AuditState {
  return list.cursor === state.list.cursor
    ? { ...state, list }
    : { ...state, list, top: 0, left: 0 };
}
