import type { Inspection } from '../analyze/inspect.ts';
import { effectiveSettings, parseUnitFile, type UnitFile } from '../analyze/unit-file.ts';
import { parseUnitName, templateName } from '../analyze/unit-name.ts';
import { splitWords } from '../analyze/unit-words.ts';
import { UNIT_DIRECTORY } from './enablement.ts';
import type { InspectedUnit } from './inspect-report.ts';
import type { Plan } from './plan.ts';
import { isUnitFile } from './rewrite-file.ts';

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

/** Settings of `[Unit]` that name other units, those that start them first. */
const STARTING_KEYS = ['Requires', 'Requisite', 'BindsTo', 'Wants', 'Upholds'];
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

/** True for the unit itself and for the template of an instance. */
function isFileOf(name: string, unit: string): boolean {
  const parsed = parseUnitName(unit);
  return name === unit || (parsed !== undefined && templateName(parsed) === name);
}

function pulls({ name = '', file }: UnitSource, wanted: string): boolean {
  const named = STARTING_KEYS.flatMap(key => unitWords(file, 'Unit', key));
  return [...named, ...triggered(name, file)].some(unit => isFileOf(wanted, unit));
}

/** What a socket, timer or path starts: the unit it names, or the service of its own name. */
function triggered(name: string, file: UnitFile): string[] {
  const parsed = parseUnitName(name);
  if (parsed?.type === 'socket') {
    const named = unitWords(file, 'Socket', 'Service');
    const [accept] = unitWords(file, 'Socket', 'Accept');
    const isPerConnection = accept !== undefined && /^(1|yes|y|true|t|on)$/i.test(accept);
    return named.length > 0 ? named : [`${parsed.prefix}${isPerConnection ? '@' : ''}.service`];
  }
  if (parsed?.type === 'timer' || parsed?.type === 'path') {
    const named = unitWords(file, parsed.type === 'timer' ? 'Timer' : 'Path', 'Unit');
    return named.length > 0 ? named : [`${parsed.prefix}.service`];
  }
  return [];
}

function unitWords(file: UnitFile, section: string, key: string): string[] {
  const words = effectiveSettings([file], section, key).flatMap(({ value }) => splitWords(value));
  return [...new Set(words.map(({ text }) => text))];
}
