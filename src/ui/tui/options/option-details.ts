import type { InspectReport } from '../../../convert/inspect-report.ts';
import { largest } from '../../../largest.ts';
import type { Question } from '../../wizard/questions.ts';
import { glyphs } from '../parts/charset-scope.ts';
import { cellWidth, headOf } from '../parts/fit-text.ts';
import { screenText } from '../parts/screen-text.ts';
import { type Line, lineOf } from '../parts/span.ts';
import { wrapCells } from '../parts/wrap-cells.ts';
import type { ScreenContext } from '../screen.ts';
import type { Tone } from '../theme.ts';
import type { Area } from '../viewport.ts';
import { elsewhereText, type OptionRow, titleOf } from './option-rows.ts';
import type { OptionsState } from './options-state.ts';
import { judged } from './reduce-options.ts';

/** What an answer means: why it cannot be, what the question is about, and what can be chosen. */
export function optionDetails(
  row: OptionRow | undefined,
  state: OptionsState,
  { context, area }: { readonly context: ScreenContext; readonly area: Area },
): Line[] {
  const { columns, rows } = area;
  const paragraph = (text: string, tone?: Tone) =>
    wrapCells(screenText(text), columns).map(line => lineOf(line, tone));
  if (!row) return [];
  if (row.kind === 'elsewhere')
    return [
      ...paragraph(elsewhereText(row.screen, context.session), 'accent'),
      ...paragraph(`Space goes to the screen where this is decided: ${titleOf(row.screen)}.`),
    ];
  const { question } = row;
  const text = question.textIn(context.session.choices);
  const { judgement } = judged(question, state.field?.text.trim() ?? text, context);
  const advice = adviceFor(question, context.session.analysis?.report);
  const verdict =
    judgement.verdict === 'fits'
      ? []
      : paragraph(judgement.what, judgement.verdict === 'wrong' ? 'error' : 'warning');
  const means = paragraph(question.means);
  const advised = advice === undefined ? [] : paragraph(advice, 'warning');
  const offers = question.offers
    .filter(offer => offer.means !== '')
    .map(offer => ({ ...offer, isChosen: offer.value === (text || question.usual) }));
  const labelOf = ({ value, isChosen }: (typeof offers)[number]) =>
    `${isChosen ? '(*)' : '( )'} ${value}`;
  const cells = largest(
    offers.map(offer => labelOf(offer).length + 2),
    0,
  );
  const described = offers.flatMap(offer => {
    const [first = '', ...more] = wrapCells(offer.means, Math.max(1, columns - cells));
    const texts = [
      labelOf(offer).padEnd(cells) + first,
      ...more.map(line => ' '.repeat(cells) + line),
    ];
    return texts.map(line => lineOf(line, offer.isChosen ? 'accent' : undefined));
  });
  const whole = !state.field && cellWidth(text) > LONG_ANSWER ? paragraph(text, 'accent') : [];
  const all = [...verdict, ...whole, ...means, ...described, ...advised];
  if (all.length <= rows) return all;
  // Where there is no room for what each offer means: all of them, and what the chosen one means.
  const chosen = offers.flatMap(offer =>
    offer.isChosen ? paragraph(`${offer.value}: ${offer.means}`, 'accent') : [],
  );
  const short = offers.length === 0 ? [] : paragraph(offers.map(labelOf).join(' '));
  const lines = [...verdict, ...whole, ...short, ...chosen, ...advised, ...means];
  const last = lines[rows - 1];
  return last === undefined || lines.length <= rows
    ? lines
    : [...lines.slice(0, rows - 1), cutLine(last, columns)];
}

/** Cells of an answer that may be cut in the list. */
const LONG_ANSWER = 20;

/** A line after which more would come. */
function cutLine(line: Line, columns: number): Line {
  const text = line.map(span => span.text).join('');
  const mark = glyphs().goesOn;
  return lineOf(`${headOf(text, columns - 1 - mark.length).trimEnd()} ${mark}`, line[0]?.tone);
}

/** Which hosts are right depends on what the programs are linked to. */
function adviceFor({ id }: Question, report: InspectReport | undefined): string | undefined {
  if (!report || !['os', 'sysextLevel', 'osVersion'].includes(id)) return undefined;
  const programs = report.elf.filter(({ role }) => role === 'program');
  const dynamic = programs.filter(elf => elf.dynamic).length;
  if (dynamic === 0) return undefined;
  return `${dynamic} of ${programs.length} programs are linked to the host's libraries (TX601): a version is exact but ends with the next update, a level survives it, any host is a risk.`;
}
