import type { Answers } from '../../../command-line/answers.ts';
import type { ConvertReport } from '../../../convert/report.ts';
import { dropEntry, keepEntry } from '../choose-entry.ts';
import type { LineDialogue } from './line-dialogue.ts';
import { indented } from './numbered.ts';
import type { PlainContext } from './plain-context.ts';
import { planAgain } from './plan-again.ts';

/** Asks which entries of the archive are left out. */
export async function askEntries(
  dialogue: LineDialogue,
  { answers: start, plan }: PlainContext,
): Promise<Answers> {
  let answers = start;
  let { report } = await plan(answers);
  await dialogue.say('', '4. Entries that are left out', ...droppedLines(report));
  for (;;) {
    const text = await dialogue.ask(
      '   Path to leave out or to keep, l to list all entries, empty to go on: ',
    );
    if (text === '') return answers;
    if (text === 'l') {
      await dialogue.say(...mappingLines(report));
      continue;
    }
    const path = text.replace(/^\.?\//, '').replace(/\/+$/, '');
    const isLeftOut = isOut(path, answers, report);
    const wish = (isLeftOut ? keepEntry : dropEntry)(answers, path);
    const planned = await planAgain(dialogue, wish, plan);
    if (!planned) continue;
    ({ report } = planned);
    answers = wish;
    await dialogue.say(...indented(`${path}: ${isLeftOut ? 'kept' : 'left out'}`));
  }
}

/** A directory is out when it was left out by its own name; the report has no row for one with something in it. */
function isOut(path: string, { drop }: Answers, { dropped }: ConvertReport): boolean {
  return drop.includes(path) || dropped.some(row => row.path === path);
}

function droppedLines({ dropped }: ConvertReport): string[] {
  if (dropped.length === 0) return indented('None.');
  return dropped.flatMap(({ path, reason }) => indented(`${path}: ${reason}`));
}

function mappingLines({ mapping }: ConvertReport): string[] {
  return mapping.flatMap(({ from, to }) => {
    if (from === null) return [];
    if (to === null) return indented(`${from}: left out`);
    return indented(from === to ? from : `${from}, becomes ${to}`);
  });
}
