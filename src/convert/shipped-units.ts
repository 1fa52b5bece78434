import type { Inspection } from '../analyze/inspect.ts';
import { UNIT_DIRECTORY } from './enablement.ts';
import type { Step } from './step.ts';
import type { ImageUnit, UnitDropIn } from './unit-facts.ts';

/** The texts below the unit directory, by their path from there. */
export function unitTexts(
  steps: readonly Step[],
  { facts }: Inspection,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const step of steps) {
    if (step.do === 'drop' || !step.to.startsWith(`${UNIT_DIRECTORY}/`)) continue;
    const text =
      step.do === 'rewrite' ? step.text : step.do === 'copy' && facts.get(step.entry.path)?.text;
    if (typeof text === 'string') texts.set(step.to.slice(UNIT_DIRECTORY.length + 1), text);
  }
  return texts;
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
