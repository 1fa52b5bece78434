import type { Answers } from '../../../command-line/answers.ts';
import type { ConvertReport } from '../../../convert/report.ts';
import { doNotStartUnit, startUnit } from '../choose-unit.ts';
import type { LineDialogue } from './line-dialogue.ts';
import { indented, itemAt, numbered } from './numbered.ts';
import type { PlainContext } from './plain-context.ts';
import { planAgain } from './plan-again.ts';

interface Unit {
  readonly name: string;
  readonly isStarted: boolean;
}

/** Asks which units start at boot. */
export async function askUnits(
  dialogue: LineDialogue,
  { answers: start, plan }: PlainContext,
): Promise<Answers> {
  let answers = start;
  let units = unitsOf((await plan(answers)).report);
  await dialogue.say('', '3. Units that start at boot');
  if (units.length === 0) {
    await dialogue.say(...indented('The image has none that could be started.'));
    return answers;
  }
  await dialogue.say(...units.flatMap((unit, index) => numbered(index + 1, wording(unit))));
  for (;;) {
    const text = await dialogue.ask('   Number to change, name of another unit, empty to go on: ');
    if (text === '') return answers;
    const unit = itemAt(units, text) ?? unitNamed(units, text);
    if (!unit) {
      await dialogue.say(...indented(`'${text}' is none of these numbers, and no unit's name`));
      continue;
    }
    const wish = (unit.isStarted ? doNotStartUnit : startUnit)(answers, unit.name);
    const planned = await planAgain(dialogue, wish, plan);
    if (!planned) continue;
    answers = wish;
    const before = units;
    units = mergeUnits(units, unitsOf(planned.report));
    const changed = units.filter(({ isStarted }, index) => before[index]?.isStarted !== isStarted);
    await dialogue.say(...changed.flatMap(one => numbered(units.indexOf(one) + 1, wording(one))));
  }
}

/** What only another unit starts is in no list, and may be wanted at boot. Whether the image has it is judged by the plan. */
function unitNamed(units: readonly Unit[], name: string): Unit | undefined {
  const isName = name.includes('.') && !name.includes(' ');
  return (
    units.find(unit => unit.name === name) ?? (isName ? { name, isStarted: false } : undefined)
  );
}

function wording({ name, isStarted }: Unit): string {
  return `${name}: ${isStarted ? 'starts' : 'does not start'}`;
}

function unitsOf({ enabled, notEnabled }: ConvertReport): Unit[] {
  const started = [...new Set(enabled.map(({ unit }) => unit))];
  return [
    ...started.map(name => ({ name, isStarted: true })),
    ...notEnabled.map(({ unit }) => ({ name: unit, isStarted: false })),
  ];
}

/** A unit keeps its number for as long as it is asked about. */
function mergeUnits(old: readonly Unit[], now: readonly Unit[]): Unit[] {
  const known = new Set(old.map(({ name }) => name));
  const kept = old.map(
    ({ name }) => now.find(one => one.name === name) ?? { name, isStarted: false },
  );
  return [...kept, ...now.filter(({ name }) => !known.has(name))];
}
