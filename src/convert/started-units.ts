import type { UnitCatalog } from './unit-facts.ts';
import { STARTING_KEYS, unitWords } from './unit-needs.ts';

/**
 * These units and, under all their names, those that they start.
 * @param aliases second names of units, to the first
 */
export function startedWith(
  units: readonly string[],
  catalog: UnitCatalog,
  aliases?: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const started = new Set(units);
  for (const unit of started) {
    const name = aliases?.get(unit) ?? unit;
    started.add(name);
    for (const file of catalog.files(name)) {
      for (const key of STARTING_KEYS) {
        for (const word of unitWords(file, 'Unit', key)) started.add(word);
      }
    }
  }
  return started;
}
