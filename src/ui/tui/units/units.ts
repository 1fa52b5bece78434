import { doNotStartUnit, startUnit } from '../../wizard/choose-unit.ts';
import type { AppEvent } from '../app-event.ts';
import type { Request } from '../request.ts';
import type { KeyHelp, Screen, ScreenContext } from '../screen.ts';
import type { Session } from '../session.ts';
import { type Step, step } from '../step.ts';
import { reduceTable, type TableKind } from '../table/reduce-table.ts';
import { tableKeys } from '../table/table-keys.ts';
import { type TableState, tableStart } from '../table/table-state.ts';
import {
  isStarted,
  UNIT_FILTERS,
  type UnitFilter,
  type UnitTableRow,
  unitRows,
} from './unit-rows.ts';

export type UnitsState = TableState<UnitTableRow, UnitFilter>;

const SPACE: KeyHelp = { keys: 'Space', does: 'start', help: 'start it at boot, or not' };

const KIND: TableKind<UnitTableRow, UnitFilter> = { filters: UNIT_FILTERS, rowsOf: unitRows };

/** What starts at boot. */
export const unitsScreen: Screen<UnitsState> = {
  title: 'Units',
  badge: unitsBadge,
  initial: tableStart('all'),
  reduce: reduceUnits,
  keys: (_state, context) => tableKeys(context, [SPACE]),
};

function reduceUnits(
  state: UnitsState,
  event: AppEvent,
  context: ScreenContext,
): Step<UnitsState> | undefined {
  const row = state.rows[state.list.cursor];
  if (event.kind === 'key' && event.key === ' ' && row) return step(state, toggle(row, context));
  return reduceTable(state, event, { kind: KIND, context });
}

function toggle(row: UnitTableRow, { session: { choices } }: ScreenContext): Request {
  const { name, unit } = row;
  if (name === undefined) return { do: 'say', text: `nothing starts a ${unit.type} file` };
  // The plan may be of choices before the last ones.
  const isChosen = choices.enable.includes(name) || choices.noEnable.includes(name);
  const starts = isChosen ? choices.enable.includes(name) : isStarted(row);
  const toggled = starts ? doNotStartUnit : startUnit;
  return { do: 'choose', choices: toggled(choices, name) };
}

function unitsBadge({ analysis }: Session): string {
  const rewritten = analysis?.report.units.filter(({ edits }) => edits > 0).length ?? 0;
  return analysis ? `${rewritten}R` : '';
}
