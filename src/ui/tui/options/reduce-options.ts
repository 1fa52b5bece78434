import type { Answers } from '../../../command-line/answers.ts';
import { checkAnswers } from '../../../command-line/parse-answers.ts';
import type { Key } from '../../terminal/terminal-event.ts';
import { type Judgement, judgeAnswer } from '../../wizard/judge-answer.ts';
import type { Question } from '../../wizard/questions.ts';
import { type AppEvent, type InputEvent, isInput } from '../app-event.ts';
import { fitList, moveList } from '../parts/list-state.ts';
import { editField, fieldWith, type TextField } from '../parts/text-field.ts';
import type { ScreenContext } from '../screen.ts';
import { type Step, step } from '../step.ts';
import { OPTION_ROWS } from './option-rows.ts';
import { type OptionsState, optionsSize } from './options-state.ts';

export function reduceOptions(
  state: OptionsState,
  event: AppEvent,
  context: ScreenContext,
): Step<OptionsState> | undefined {
  if (!isInput(event)) {
    return step({ ...state, list: fitList(state.list, optionsSize(context)) });
  }
  const row = OPTION_ROWS[state.list.cursor];
  if (state.field && row?.kind === 'question') {
    return typeAnswer(state, event, { field: state.field, question: row.question, context });
  }
  if (event.kind === 'paste') return undefined;
  const list = moveList(state.list, event.key, optionsSize(context));
  if (list) return step({ ...state, list });
  if (event.key === 'enter') return step(state, { do: 'next' });
  if (row?.kind === 'question')
    return changeAnswer(state, event.key, { question: row.question, context });
  return row && event.key === ' ' ? step(state, { do: 'go', screen: row.screen }) : undefined;
}

/** What the command line says of the choices with another answer to one question. */
export function judged(
  question: Question,
  text: string,
  { session }: ScreenContext,
): { readonly choices: Answers; readonly judgement: Judgement } {
  const choices = question.withText(session.choices, text);
  return { choices, judgement: judgeAnswer(choices, one => checkAnswers(one, session)) };
}

interface Typing {
  readonly field: TextField;
  readonly question: Question;
  readonly context: ScreenContext;
}

function typeAnswer(
  state: OptionsState,
  event: InputEvent,
  { field, question, context }: Typing,
): Step<OptionsState> | undefined {
  const { field: _typed, ...closed } = state;
  const key = event.kind === 'key' ? event.key : '';
  if (key === 'escape') return step(closed);
  if (key === 'enter')
    return answered(closed, question, { text: field.text, context, open: state });
  const edited = editField(field, event);
  return edited && step({ ...state, field: edited });
}

function changeAnswer(
  state: OptionsState,
  key: Key,
  { question, context }: { readonly question: Question; readonly context: ScreenContext },
): Step<OptionsState> | undefined {
  const { choices } = context.session;
  const text = question.textIn(choices);
  const answer = (value: string) =>
    answered(state, question, { text: value, context, open: state });
  switch (key) {
    case 'right':
    case 'l':
      return answer(neighbourOffer(question, text, 1));
    case 'left':
    case 'h':
      return answer(neighbourOffer(question, text, -1));
    case ' ':
      if (question.isClosed) return answer(neighbourOffer(question, text, 1));
      return step({ ...state, field: fieldWith(text || shownOffer(question)) });
    case 'backspace':
    case 'delete':
      return answer('');
    default:
      return undefined;
  }
}

/** What stands there is what is edited: a level is added to the usual compression. */
function shownOffer({ offers, usual }: Question): string {
  return offers.some(({ value }) => value === usual) ? usual : '';
}

/** The offer beside the answer, with what is usual among them; without offers the answer stays. */
function neighbourOffer({ offers, usual }: Question, text: string, steps: 1 | -1): string {
  if (offers.length === 0) return text;
  const values = offers.map(({ value }) => value);
  const all = values.includes(usual) ? values : [usual, ...values];
  const at = all.indexOf(text || usual);
  const next = at < 0 ? (steps > 0 ? 0 : -1) : (at + steps) % all.length;
  return all.at(next) ?? text;
}

interface Answered {
  readonly text: string;
  readonly context: ScreenContext;
  /** The state that stays when the answer makes no sense. */
  readonly open: OptionsState;
}

/** Nothing but what the command line takes becomes an answer. What is usual anyway is none. */
function answered(
  state: OptionsState,
  question: Question,
  { text, context, open }: Answered,
): Step<OptionsState> {
  const value = text.trim() === question.usual ? '' : text.trim();
  const { choices, judgement } = judged(question, value, context);
  if (judgement.verdict === 'wrong') {
    // Of what is typed the details say it at every key.
    return open.field ? step(open) : step(open, { do: 'say', text: judgement.what, tone: 'error' });
  }
  return step(state, { do: 'choose', choices });
}
