import { isToolError } from '../errors.ts';
import {
  type AnswerKey,
  type Answers,
  answerArguments,
  LIST_ANSWERS,
  NO_ANSWERS,
  SWITCH_ANSWERS,
  TEXT_ANSWERS,
} from './answers.ts';
import type { ConvertOptions } from './convert-options.ts';
import type { Terminals } from './display-options.ts';
import { longFlag, variableNames } from './option-spec.ts';
import { OPTIONS } from './option-table.ts';
import { parseCommandLine } from './options.ts';
import type { Environment } from './settings.ts';
import { NO_STANDARD_INPUT } from './wizard-options.ts';

/** The command line says of answers what it would say of them as arguments. */
export type AnswerCheck =
  | { readonly ok: true; readonly options: ConvertOptions }
  | {
      readonly ok: false;
      readonly what: string;
      readonly hint?: string;
      /** The answer that is wrong by itself; absent when several do not go together. */
      readonly key?: AnswerKey;
    };

export interface AnswerScope {
  readonly env: Environment;
}

/** Who answers has them, or nobody would have been asked. */
const TERMINALS: Terminals = { stdin: true, stdout: true, stderr: true };

/** Options that the answers take the place of: what the environment said about them has become an answer. */
const ANSWERED = [
  ...[...TEXT_ANSWERS, ...LIST_ANSWERS, ...SWITCH_ANSWERS].map(key => OPTIONS[key]),
  OPTIONS.interactive,
  OPTIONS.dryRun,
];

/** Checks answers by the command line's own parser, so that both always agree. */
export function checkAnswers(answers: Answers, scope: AnswerScope): AnswerCheck {
  const { archive } = answers;
  if (archive === '') return { ok: false, what: 'no archive is chosen', key: 'archive' };
  if (archive === '-') return { ok: false, what: NO_STANDARD_INPUT, key: 'archive' };
  const check = parseAnswers(answers, scope);
  if (check.ok) return check;
  const key = KEYS.find(one => {
    if (isEmpty(answers[one])) return false;
    const alone = parseAnswers({ ...STAND_IN, [one]: answers[one] }, scope);
    return !alone.ok && alone.what === check.what;
  });
  const isNameless = answers.name === '' && parseAnswers({ ...answers, name: 'x' }, scope).ok;
  return { ...check, ...(key !== undefined ? { key } : isNameless && { key: 'name' as const }) };
}

/** The whole command that says the same, on the machine where the questions were asked. */
export function equivalentCommand(answers: Answers, env: Environment): string[] {
  const args = answerArguments(answers);
  const overruled = ANSWERED.filter(spec => !args.includes(longFlag(spec)));
  const variables = overruled.flatMap(variableNames).filter(name => Boolean(env[name]));
  return [...variables.map(name => `${name}=`), 'torcx2sysext', ...args];
}

/** Enough to be a command of which one answer is judged. */
const STAND_IN: Answers = { ...NO_ANSWERS, archive: 'x', name: 'x' };
const KEYS: readonly AnswerKey[] = [
  ...(['archive', 'name', ...TEXT_ANSWERS, ...LIST_ANSWERS, ...SWITCH_ANSWERS] as const),
];

function parseAnswers(answers: Answers, { env }: AnswerScope): AnswerCheck {
  try {
    const options = parseCommandLine(answerArguments(answers), withoutAnswered(env), TERMINALS);
    if (options.mode !== 'convert') throw new TypeError(`answers became ${options.mode}`);
    return { ok: true, options };
  } catch (error) {
    if (!isToolError(error, 'usage')) throw error;
    const { what, suggestion } = error.facts;
    return { ok: false, what, ...(suggestion !== undefined && { hint: suggestion }) };
  }
}

function withoutAnswered(env: Environment): Environment {
  const answered = new Set(ANSWERED.flatMap(variableNames));
  return Object.fromEntries(Object.entries(env).filter(([name]) => !answered.has(name)));
}

function isEmpty(value: Answers[AnswerKey]): boolean {
  return value === '' || value === false || (typeof value === 'object' && value.length === 0);
}
