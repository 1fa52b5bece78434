import type { RuleId } from '../../../rule-table.ts';
import type { AuditReport } from '../../audit-report.ts';
import { countText } from '../../count-text.ts';
import type { Key } from '../../terminal/terminal-event.ts';
import { type AppEvent, isInput, type NewsEvent } from '../app-event.ts';
import { fitList, moveList } from '../parts/list-state.ts';
import type { Request } from '../request.ts';
import type { ScreenContext } from '../screen.ts';
import { type Step, step } from '../step.ts';
import { askToApply, chosenFixes, planChosen } from './apply-chosen.ts';
import { auditEnd, leaveAudit } from './audit-end.ts';
import { type AuditRow, rowPath } from './audit-rows.ts';
import {
  type AuditState,
  listed,
  listSize,
  moveCursor,
  rowAtCursor,
  withAudit,
} from './audit-state.ts';
import { toggleAll, toggleFix } from './choose-fixes.ts';
import { filterAfter } from './filter-audit.ts';
import { reduceDetails } from './reduce-details.ts';
import { reducePatch } from './reduce-patch.ts';
import { searchAudit } from './search-audit.ts';

export function reduceAudit(
  state: AuditState,
  event: AppEvent,
  context: ScreenContext,
): Step<AuditState> | undefined {
  if (!isInput(event)) return hear(state, event, context);
  if (event.kind === 'key' && event.key === 'ctrl-c') return leaveAudit(state, 'cancel');
  if (!state.model) return undefined;
  const searched = searchAudit(state, event, context);
  if (searched || event.kind === 'paste') return searched;
  const { key } = event;
  return (
    reducePatch(state, key, context) ??
    reduceDetails(state, key, context) ??
    reduceList(state, key, context)
  );
}

function hear(state: AuditState, event: NewsEvent, context: ScreenContext): Step<AuditState> {
  switch (event.kind) {
    case 'audited':
      return step(withAudit(state, event.view, context));
    case 'fixing': {
      const { done, files } = event;
      return step({ ...state, work: 'apply', ...(files && { progress: { done, files } }) });
    }
    case 'auditing':
      return step({ ...state, progress: { done: event.done } });
    case 'fixesApplied':
      return afterFixes(state, event, context);
    case 'fixesPlanned': {
      const { work: _done, ...rest } = state;
      return step({ ...rest, patch: { preview: event.preview, top: 0, left: 0 } });
    }
    case 'failed': {
      const { work: _failed, progress: _none, leaving: _stays, ...rest } = state;
      return step(rest);
    }
    case 'resize':
      return step({ ...state, list: fitList(state.list, listSize(state, context)) });
    default:
      return step(state);
  }
}

function afterFixes(
  state: AuditState,
  event: Extract<NewsEvent, { kind: 'fixesApplied' }>,
  context: ScreenContext,
): Step<AuditState> {
  const next = withAudit(withFixes(state, event), event.view, context);
  const { leaving } = state;
  return step(next, leaving ? auditEnd(next, leaving) : fixesMessage(event.view.report));
}

function fixesMessage({ fixed, unfixed }: AuditReport): Request {
  const done = `changed ${countText(fixed.length, 'file')}`;
  return unfixed.length === 0
    ? { do: 'say', text: `${done}; on the node: systemctl daemon-reload`, tone: 'good' }
    : {
        do: 'say',
        text: `${done}, and ${unfixed.length} not: they are first in the list`,
        tone: 'error',
      };
}

function withFixes(
  state: AuditState,
  { view, chosen }: Extract<NewsEvent, { kind: 'fixesApplied' }>,
): AuditState {
  const { fixed, unfixed } = view.report;
  const changed = new Set(fixed);
  const made = chosenFixes({ ...state, chosen }).filter(({ path }) => changed.has(path));
  return {
    ...state,
    made: [...state.made, ...made],
    fixed: [...new Set([...state.fixed, ...fixed])],
    unfixed,
  };
}

function reduceList(
  state: AuditState,
  key: Key,
  context: ScreenContext,
): Step<AuditState> | undefined {
  const moved = moveList(state.list, key, listSize(state, context));
  if (moved) return step(moveCursor(state, moved));
  const filter = filterAfter(state, key);
  if (filter) return step(listed(state, { ...filter, folded: state.folded }, context));
  if (key === 'q') return leaveAudit(state, 'quit');
  // What is being written is not up for choice.
  return state.work ? undefined : (reduceChoice(state, key) ?? reduceRow(state, key, context));
}

function reduceChoice(state: AuditState, key: Key): Step<AuditState> | undefined {
  switch (key) {
    case ' ':
      return toggleFix(state);
    case 'a':
      return step(toggleAll(state));
    case 'd':
      return planChosen(state);
    case 'w':
      return askToApply(state);
    case 'R':
      return step({ ...state, work: 'audit' }, { do: 'audit' });
    default:
      return undefined;
  }
}

function reduceRow(
  state: AuditState,
  key: Key,
  context: ScreenContext,
): Step<AuditState> | undefined {
  const row = rowAtCursor(state);
  if (!row) return undefined;
  switch (key) {
    case 'x':
      return row.kind === 'failed'
        ? step(state, { do: 'say', text: 'no rule is about this' })
        : step(state, { do: 'explain', rules: rulesOf(row) });
    case 'right':
    case 'l':
      return step(withFold(state, { isFolded: false, context }));
    case 'left':
    case 'h':
      return step(withFold(state, { isFolded: true, context }));
    case 'enter':
      if (row.kind !== 'file') return step({ ...state, isFull: true });
      return step(withFold(state, { isFolded: !row.isFolded, context }));
    default:
      return undefined;
  }
}

function rulesOf(row: Exclude<AuditRow, { kind: 'failed' }>): RuleId[] {
  const findings = row.kind === 'file' ? row.findings : [row.finding];
  return [...new Set(findings.map(({ ruleId }) => ruleId))];
}

/** The findings of the file under the cursor are listed, or only counted. */
function withFold(
  state: AuditState,
  { isFolded, context }: { readonly isFolded: boolean; readonly context: ScreenContext },
): AuditState {
  const row = rowAtCursor(state);
  if (!row || row.kind === 'failed') return state;
  const folded = new Set(state.folded);
  if (isFolded) folded.add(rowPath(row));
  else folded.delete(rowPath(row));
  return listed(state, { ...state, folded }, context);
}
