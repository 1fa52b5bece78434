import type { Inspection } from '../analyze/inspect.ts';
import { parseUnitFile, type UnitFile } from '../analyze/unit-file.ts';
import { parseUnitName } from '../analyze/unit-name.ts';
import { groupBy } from '../group-by.ts';
import type { InspectedUnit } from './inspect-report.ts';
import type { Plan } from './plan.ts';
import type { EnabledRow } from './report.ts';
import { isUnitFile } from './rewrite-file.ts';
import { UNIT_DIRECTORY } from './unit-directory.ts';
import { STARTING_KEYS, triggeredUnits, unitFileNames, unitWords } from './unit-needs.ts';

/** What each unit file and drop-in of the image needs, what starts it, and what changes in it. */
export function inspectUnits({ facts }: Inspection, plan: Plan): InspectedUnit[] {
  const files = [...facts].flatMap(([path, { text }]): UnitSource[] => {
    const to = plan.map.placements.get(path)?.to;
    return text !== undefined && to && isUnitFile(to)
      ? [{ path, to, name: unitName(to), file: parseUnitFile(text) }]
      : [];
  });
  const starters = startersOf(files, plan);
  return files.map(source => inspectUnit(source, starters));
}

interface UnitSource {
  readonly path: string;
  readonly to: string;
  /** Undefined for a drop-in and for what is no unit of the system manager. */
  readonly name: string | undefined;
  readonly file: UnitFile;
}

/** What is known of units by the names of their files: an archive may have thousands, each with a row. */
interface Starters {
  readonly enabled: ReadonlyMap<string, readonly EnabledRow[]>;
  /** Names of the units that require, want or trigger it. */
  readonly pulledInBy: ReadonlyMap<string, ReadonlySet<string>>;
  readonly wantedBy: ReadonlyMap<string, readonly string[]>;
  /** Numbers of edits, by the path in the archive. */
  readonly edits: ReadonlyMap<string, number>;
}

function startersOf(files: readonly UnitSource[], { units, rewrites }: Plan): Starters {
  const pulls = files.flatMap(({ name, file }) =>
    name === undefined ? [] : pulledUnits(name, file).map(unit => ({ unit, by: name })),
  );
  return {
    enabled: byFileName(units.enabled),
    pulledInBy: new Map(
      [...byFileName(pulls)].map(([name, rows]) => [name, new Set(rows.map(({ by }) => by))]),
    ),
    wantedBy: new Map(units.notEnabled.map(({ unit, wantedBy }) => [unit, wantedBy])),
    edits: new Map(rewrites.map(({ from, edits }) => [from, edits.length])),
  };
}

/** Rows on units by the names of the files that these may have. */
function byFileName<T extends { readonly unit: string }>(rows: readonly T[]): Map<string, T[]> {
  const named = rows.flatMap(row => unitFileNames(row.unit).map(name => ({ name, row })));
  const groups = groupBy(named, ({ name }) => name);
  return new Map([...groups].map(([name, group]) => [name, group.map(({ row }) => row)]));
}

const NEED_KEYS = [...STARTING_KEYS, 'PartOf', 'Conflicts', 'After', 'Before'];

function inspectUnit({ path, to, name, file }: UnitSource, starters: Starters): InspectedUnit {
  const { enabled, pulledInBy, wantedBy, edits } = starters;
  return {
    path,
    to,
    type: unitType(to),
    needs: NEED_KEYS.flatMap(key => {
      const units = unitWords(file, 'Unit', key);
      return units.length > 0 ? [{ key, units }] : [];
    }),
    startedBy: enabled.get(name ?? '') ?? [],
    pulledInBy: [...(pulledInBy.get(name ?? '') ?? [])].filter(other => other !== name),
    wantedBy: wantedBy.get(name ?? '') ?? [],
    edits: edits.get(path) ?? 0,
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

/** What a unit starts, or cannot start without. */
function pulledUnits(name: string, file: UnitFile): string[] {
  const named = STARTING_KEYS.flatMap(key => unitWords(file, 'Unit', key));
  return [...named, ...triggeredUnits(name, [file])];
}
