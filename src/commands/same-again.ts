import type { Answers } from '../command-line/answers.ts';
import { equivalentCommand } from '../command-line/parse-answers.ts';
import type { Environment } from '../command-line/settings.ts';
import { shellCommand } from '../shell-command.ts';
import { charsetOf } from '../ui/charset.ts';

/** The last line of a dialogue: the command that converts with the same answers; empty before there is an archive. */
export function sameAgain(answers: Answers, env: Environment): string {
  if (answers.archive === '') return '';
  return `The same again: ${shellCommand(equivalentCommand(answers, env), { inAscii: charsetOf(env) === 'ascii' })}\n`;
}
