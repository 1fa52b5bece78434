import type { Question } from '../../wizard/questions.ts';
import { usualText } from '../../wizard/usual-text.ts';
import { fitText } from '../parts/fit-text.ts';
import { screenText } from '../parts/screen-text.ts';
import type { Line, Span } from '../parts/span.ts';
import { fieldText, type TextField } from '../parts/text-field.ts';
import type { Session } from '../session.ts';
import { elsewhereText, flagOf, type OptionRow, titleOf } from './option-rows.ts';

const TITLE_CELLS = 22;
const FLAG_CELLS = 17;
/** From this width on there is room for the option's name. */
const COLUMNS_FOR_FLAG = 64;

interface OptionLook {
  readonly columns: number;
  readonly isSelected: boolean;
  /** The answer while it is typed. */
  readonly field: TextField | undefined;
  readonly session: Session;
}

/** One line of the list: what is asked, the answer, and the option that it is. */
export function optionLine(row: OptionRow, look: OptionLook): Line {
  const { columns, isSelected, field } = look;
  const flagCells = columns < COLUMNS_FOR_FLAG ? 0 : FLAG_CELLS;
  const room = Math.max(1, columns - 2 - TITLE_CELLS - flagCells);
  const title = row.kind === 'question' ? row.question.title : row.title;
  const flag = row.kind === 'question' ? flagOf(row.question) : `in ${titleOf(row.screen)}`;
  const spans: Span[] = [
    { text: isSelected ? '> ' : '  ' },
    { text: fitText(title, TITLE_CELLS) },
    answerSpan(row, { ...look, columns: room - 1 }),
    { text: ' ' },
    { text: flagCells === 0 ? '' : fitText(flag, flagCells), tone: 'faint' },
  ];
  // A line that is typed into is read better without being inverse.
  return isSelected && !field ? spans.map(({ text }) => ({ text, tone: 'selected' })) : spans;
}

function answerSpan(row: OptionRow, look: OptionLook): Span {
  const { columns, isSelected, field, session } = look;
  if (row.kind === 'elsewhere') {
    return { text: fitText(screenText(elsewhereText(row.screen, session)), columns) };
  }
  if (isSelected && field) {
    const text = fieldText(field, columns - 1);
    return { text: fitText(text, columns), tone: 'accent' };
  }
  const answer = row.question.textIn(session.choices);
  const text = answerText(row.question, answer, session);
  return { text: fitText(screenText(text), columns), tone: answer === '' ? 'faint' : undefined };
}

function answerText(question: Question, answer: string, session: Session): string {
  if (question.isClosed) return answer === 'yes' ? '[x] yes' : '[ ] no';
  const { analysis, choices } = session;
  return answer || usualText(question, choices, analysis?.report.extension?.name);
}
