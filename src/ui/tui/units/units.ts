import type { Answers } from '../../../command-line/answers.ts';
import { doNotStartUnit, startUnit } from '../../wizard/choose-unit.ts';
import type { AppEvent } from '../app-event.ts';
import type { Request } from '../request.ts';
import type { KeyHelp, Screen, ScreenContext } from '../screen.ts';
import type { Session } from '../session.ts';
import { type Step, step } from '../step.ts';
import { reduceTable, type TableKind } from '../table/reduce-table.ts';
import { tableKeys } from '../table/table-keys.ts';
import { rowAtCursor, type TableState, tableStart } from '../table/table-state.ts';
import { unitDetails } from './unit-details.ts';
import {
  isStarted,
  UNIT_FILTERS,
  type UnitFilter,
  type UnitTableRow,
  unitRows,
} from './unit-rows.ts';

export type UnitsState = TableState<UnitTableRow, UnitFilter>;

const KIND: TableKind<UnitTableRow, UnitFilter> = {
  filters: UNIT_FILTERS,
  rowsOf: unitRows,
  detailsOf: unitDetails,
};

/** What starts at boot. */
export const unitsScreen: Screen<UnitsState> = {
  title: 'Units',
  badge: unitsBadge,
  initial: tableStart('all'),
  reduce: reduceUnits,
  keys: (state, context) => tableKeys(state, context, spaceKeys(state, context)),
};

function reduceUnits(
  state: UnitsState,
  event: AppEvent,
  context: ScreenContext,
): Step<UnitsState> | undefined {
  const row = rowAtCursor(state);
  if (event.kind === 'key' && event.key === ' ' && row) return step(state, toggle(row, context));
  return reduceTable(state, event, { kind: KIND, context });
}

function spaceKeys(state: UnitsState, { session: { choices } }: ScreenContext): readonly KeyHelp[] {
  const row = rowAtCursor(state);
  if (row?.name === undefined) return [];
  const starts = isToStart(row, row.name, choices);
  const help = starts ? 'do not start it at boot' : 'start it at boot';
  return [{ keys: 'Space', does: starts ? "don't start" : 'start', help }];
}

function toggle(row: UnitTableRow, { session: { choices } }: ScreenContext): Request {
  const { name, unit } = row;
  if (name === undefined) return { do: 'say', text: `nothing starts a ${unit.type} file` };
  const toggled = isToStart(row, name, choices) ? doNotStartUnit : startUnit;
  return { do: 'choose', choices: toggled(choices, name) };
}

/** The plan may be of choices before the last ones. */
function isToStart(row: UnitTableRow, name: string, { enable, noEnable }: Answers): boolean {
  const isChosen = enable.includes(name) || noEnable.includes(name);
  return isChosen ? enable.includes(name) : isStarted(row);
}

function unitsBadge({ analysis }: Session): string {
  const rewritten = analysis?.report.units.filter(({ edits }) => edits > 0).length ?? 0;
  return rewritten === 0 ? '' : `${rewritten}R`;
}
