import type { Answers } from '../../command-line/answers.ts';

/** The answers with a unit started at boot that is not. */
export function startUnit(answers: Answers, unit: string): Answers {
  const { enable, noEnable } = answers;
  if (noEnable.includes(unit)) return { ...answers, noEnable: without(noEnable, unit) };
  return enable.includes(unit) ? answers : { ...answers, enable: [...enable, unit] };
}

/** The answers with a unit not started that is. */
export function doNotStartUnit(answers: Answers, unit: string): Answers {
  const { enable, noEnable } = answers;
  if (enable.includes(unit)) return { ...answers, enable: without(enable, unit) };
  return noEnable.includes(unit) ? answers : { ...answers, noEnable: [...noEnable, unit] };
}

function without(list: readonly string[], value: string): readonly string[] {
  return list.filter(one => one !== value);
}
