import { posix } from 'node:path';
import type { Inspection } from '../analyze/inspect.ts';
import { absoluteTarget } from './absolute-target.ts';
import type { Step } from './step.ts';
import { stepLink } from './step-link.ts';
import { UNIT_DIRECTORY } from './unit-directory.ts';
import type { ImageUnit, UnitDropIn } from './unit-facts.ts';

/** True for a step by which the extension gets a unit, or something that goes with one. */
export function bringsUnit(step: Step): boolean {
  return step.do !== 'drop' && isBelowUnits(step.to);
}

/** The texts below the unit directory, by their path from there; a link to a text elsewhere has it too. */
export function unitTexts(
  steps: readonly Step[],
  { facts }: Inspection,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const places = new Map(steps.flatMap(step => (step.do === 'drop' ? [] : [[step.to, step]])));
  const textOf = (step: Step | undefined) => {
    if (step?.do === 'rewrite') return step.text;
    return step?.do === 'copy' ? facts.get(step.entry.path)?.text : undefined;
  };
  for (const step of steps) {
    if (step.do === 'drop' || !isBelowUnits(step.to)) continue;
    const target = linkedPlace(step);
    const isLinked = target !== undefined && !isBelowUnits(target);
    const text = textOf(isLinked ? places.get(target) : step);
    if (text !== undefined) texts.set(unitName(step.to), text);
  }
  return texts;
}

/** Links beside the units, which are second names of them: alias to unit. */
export function unitAliases(steps: readonly Step[]): ReadonlyMap<string, string> {
  const aliases = steps.flatMap(step => {
    const target = linkedPlace(step);
    if (step.do === 'drop' || target === undefined) return [];
    const areUnits = [step.to, target].every(path => posix.dirname(path) === UNIT_DIRECTORY);
    return areUnits ? [[unitName(step.to), unitName(target)] as const] : [];
  });
  return new Map(aliases);
}

/** Where in the extension a symbolic link leads; undefined for everything else. */
function linkedPlace(step: Step): string | undefined {
  const target = stepLink(step);
  if (step.do === 'drop' || target === undefined) return undefined;
  return absoluteTarget(step.to, target).slice(1);
}

function isBelowUnits(path: string): boolean {
  return path.startsWith(`${UNIT_DIRECTORY}/`);
}

function unitName(path: string): string {
  return path.slice(UNIT_DIRECTORY.length + 1);
}

/** The units among these texts, each with its drop-ins. */
export function unitsOf(texts: ReadonlyMap<string, string>): ImageUnit[] {
  const units = [...texts].filter(([path]) => !path.includes('/'));
  const dropIns = dropInsByUnit(texts);
  return units.map(([name, text]) => ({ name, text, dropIns: dropIns.get(name) ?? [] }));
}

function dropInsByUnit(texts: ReadonlyMap<string, string>): ReadonlyMap<string, UnitDropIn[]> {
  const dropIns = new Map<string, UnitDropIn[]>();
  for (const [path, text] of texts) {
    const [, unit, name] = /^([^/]+)\.d\/([^/]+\.conf)$/.exec(path) ?? [];
    if (unit === undefined || name === undefined) continue;
    const known = dropIns.get(unit);
    if (known) known.push({ name, text });
    else dropIns.set(unit, [{ name, text }]);
  }
  return dropIns;
}
