import type { InspectReport } from '../../../convert/inspect-report.ts';
import { safeText } from '../../safe-text.ts';
import type { Question } from '../../wizard/questions.ts';
import { wrapText } from '../../wrap-text.ts';
import { type Line, lineOf } from '../parts/span.ts';
import type { ScreenContext } from '../screen.ts';
import type { Tone } from '../theme.ts';
import type { OptionRow } from './option-rows.ts';
import type { OptionsState } from './options-state.ts';
import { judged } from './reduce-options.ts';

/** What an answer means: why it cannot be, what the question is about, and what can be chosen. */
export function optionDetails(
  row: OptionRow | undefined,
  state: OptionsState,
  { context, columns }: { readonly context: ScreenContext; readonly columns: number },
): Line[] {
  const paragraph = (text: string, tone?: Tone) =>
    wrapText(safeText(text), { width: columns }).map(line => lineOf(line, tone));
  if (!row) return [];
  if (row.kind === 'elsewhere')
    return paragraph(`Space goes to the screen where this is decided: ${row.screen}.`);
  const { question } = row;
  const text = question.textIn(context.session.choices);
  const { judgement } = judged(question, state.field?.text.trim() ?? text, context);
  const advice = adviceFor(question, context.session.analysis?.report);
  return [
    ...(judgement.verdict === 'fits'
      ? []
      : paragraph(judgement.what, judgement.verdict === 'wrong' ? 'error' : 'warning')),
    ...paragraph(question.means),
    ...question.offers.flatMap(({ value, means }) => {
      const isChosen = value === (text || question.usual);
      const label = `${isChosen ? '(*)' : '( )'} ${value}`;
      return means === '' ? [] : paragraph(`${label}: ${means}`, isChosen ? 'accent' : undefined);
    }),
    ...(advice === undefined ? [] : paragraph(advice, 'warning')),
  ];
}

/** Which hosts are right depends on what the programs are linked to. */
function adviceFor({ id }: Question, report: InspectReport | undefined): string | undefined {
  if (!report || !['os', 'sysextLevel', 'osVersion'].includes(id)) return undefined;
  const programs = report.elf.filter(({ role }) => role === 'program');
  const dynamic = programs.filter(elf => elf.dynamic).length;
  if (dynamic === 0) return undefined;
  return `${dynamic} of ${programs.length} programs are linked to the host's libraries (TX601): a version is exact but ends with the next update, a level survives it, any host is a risk.`;
}
