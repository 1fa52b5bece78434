import type { InspectedUnit } from '../../../convert/inspect-report.ts';
import { type Analysis, rulesOf } from '../analysis.ts';
import type { TableRow } from '../table/table-state.ts';

/** A unit file, a drop-in, or what networkd reads. */
export interface UnitTableRow extends TableRow {
  readonly path: string;
  readonly unit: InspectedUnit;
  /** Name of the unit that can be started or not; absent: nothing ever starts this file. */
  readonly name?: string;
}

/** In the order in which a key goes through them. */
export const UNIT_FILTERS = ['all', 'started', 'not started', 'rewritten', 'findings'] as const;
export type UnitFilter = (typeof UNIT_FILTERS)[number];

export function unitRows(analysis: Analysis, filter: UnitFilter): readonly UnitTableRow[] {
  const rows = analysis.report.units.map((unit): UnitTableRow => {
    const name = startableName(unit);
    return {
      path: unit.path,
      rules: rulesOf(analysis, unit.path),
      unit,
      ...(name !== undefined && { name }),
    };
  });
  return rows.filter(row => passes(row, filter));
}

/** By what the extension brings: another unit may start it too. */
export function isStarted({ unit }: UnitTableRow): boolean {
  return unit.startedBy.length > 0;
}

function passes(row: UnitTableRow, filter: UnitFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'started':
      return isStarted(row);
    case 'not started':
      return row.name !== undefined && !isStarted(row);
    case 'rewritten':
      return row.unit.edits > 0;
    case 'findings':
      return row.rules.length > 0;
  }
}

const STARTABLE =
  /^usr\/lib\/systemd\/system\/([^/]+\.(?:service|socket|timer|path|mount|automount|swap|target))$/;

/** An instance that is started stands for its template. */
function startableName({ to, startedBy }: InspectedUnit): string | undefined {
  const name = STARTABLE.exec(to)?.[1];
  return name === undefined ? undefined : (startedBy[0]?.unit ?? name);
}
