import type { Inspection } from '../analyze/inspect.ts';
import { parseUnitFile, type UnitFile } from '../analyze/unit-file.ts';
import { parseUnitName } from '../analyze/unit-name.ts';
import type { InspectedUnit } from './inspect-report.ts';
import type { Plan } from './plan.ts';
import { isUnitFile } from './rewrite-file.ts';
import { UNIT_DIRECTORY } from './unit-directory.ts';
import { isFileOf, STARTING_KEYS, triggeredUnits, unitWords } from './unit-needs.ts';

/** What each unit file and drop-in of the image needs, what starts it, and what changes in it. */
export function inspectUnits({ facts }: Inspection, plan: Plan): InspectedUnit[] {
  const files = [...facts].flatMap(([path, { text }]): UnitSource[] => {
    const to = plan.map.placements.get(path)?.to;
    return text !== undefined && to && isUnitFile(to)
      ? [{ path, to, name: unitName(to), file: parseUnitFile(text) }]
      : [];
  });
  return files.map(source => inspectUnit(source, files, plan));
}

interface UnitSource {
  readonly path: string;
  readonly to: string;
  /** Undefined for a drop-in and for what is no unit of the system manager. */
  readonly name: string | undefined;
  readonly file: UnitFile;
}

const NEED_KEYS = [...STARTING_KEYS, 'PartOf', 'Conflicts', 'After', 'Before'];

function inspectUnit(source: UnitSource, all: readonly UnitSource[], plan: Plan): InspectedUnit {
  const { path, to, name, file } = source;
  const { enabled, notEnabled } = plan.units;
  return {
    path,
    to,
    type: unitType(to),
    needs: NEED_KEYS.flatMap(key => {
      const units = unitWords(file, 'Unit', key);
      return units.length > 0 ? [{ key, units }] : [];
    }),
    startedBy: enabled.filter(({ unit }) => name !== undefined && isFileOf(name, unit)),
    pulledInBy: all.flatMap(other =>
      name !== undefined && other.name !== undefined && other !== source && pulls(other, name)
        ? [other.name]
        : [],
    ),
    wantedBy: notEnabled.find(({ unit }) => unit === name)?.wantedBy ?? [],
    edits: plan.rewrites.find(rewrite => rewrite.from === path)?.edits.length ?? 0,
  };
}

function unitName(to: string): string | undefined {
  const name = to.startsWith(`${UNIT_DIRECTORY}/`) ? to.slice(UNIT_DIRECTORY.length + 1) : '';
  return parseUnitName(name)?.name;
}

function unitType(to: string): string {
  if (/\.d\/[^/]+\.conf$/.test(to)) return 'drop-in';
  return to.slice(to.lastIndexOf('.') + 1);
}

function pulls({ name = '', file }: UnitSource, wanted: string): boolean {
  const named = STARTING_KEYS.flatMap(key => unitWords(file, 'Unit', key));
  return [...named, ...triggeredUnits(name, file)].some(unit => isFileOf(wanted, unit));
}
