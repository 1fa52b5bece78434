import type { EntryChoices } from '../../entry-choice.ts';

/** What is decided about single entries and units of the archive. Each list is a flag of the command line. */
export interface Choices extends EntryChoices {
  /** Units to start at boot that would not be, and those that would. */
  readonly enable: readonly string[];
  readonly noEnable: readonly string[];
}

export const noChoices: Choices = { enable: [], noEnable: [], drop: [], keep: [] };

export type ChoiceList = keyof Choices;

const OPPOSITES: Readonly<Record<ChoiceList, ChoiceList>> = {
  enable: 'noEnable',
  noEnable: 'enable',
  drop: 'keep',
  keep: 'drop',
};

/**
 * The choices after a toggle of `value`: what was chosen about it is taken back, and what was not chosen becomes a
 * member of `list`.
 */
export function toggleChoice(choices: Choices, list: ChoiceList, value: string): Choices {
  const opposite = OPPOSITES[list];
  const isChosen = choices[list].includes(value) || choices[opposite].includes(value);
  return {
    ...choices,
    [list]: isChosen ? without(choices[list], value) : [...choices[list], value],
    [opposite]: without(choices[opposite], value),
  };
}

function without(list: readonly string[], value: string): readonly string[] {
  return list.filter(other => other !== value);
}
