import { parentsOf } from './path-names.ts';

/** Paths in the archive that the user wants to be left out or kept, whatever else decides about them. */
export interface EntryChoices {
  readonly drop: readonly string[];
  readonly keep: readonly string[];
}

/** The nearest word counts: an entry's own, else that of the directory around it, and so on outwards. */
export function entryChoice(path: string, choices: EntryChoices): 'drop' | 'keep' | undefined {
  for (const place of [path, ...parentsOf(path)]) {
    if (choices.drop.includes(place)) return 'drop';
    if (choices.keep.includes(place)) return 'keep';
  }
  return undefined;
}
