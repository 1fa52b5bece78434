import { usageError } from '../usage-error.ts';
import { type Answers, answersOf } from './answers.ts';
import { convertOptions } from './convert-options.ts';
import type { DisplayOptions } from './display-options.ts';
import { assertNoIdleOption } from './idle-option.ts';
import { OPTIONS } from './option-table.ts';
import type { Settings } from './settings.ts';

/** A conversion whose open decisions are asked for. */
export interface WizardOptions {
  readonly mode: 'wizard';
  readonly answers: Answers;
  readonly display: DisplayOptions;
}

/** Why a dialogue takes no archive from standard input. */
export const NO_STANDARD_INPUT = 'standard input is the terminal that answers come from';

/** What decides about a result that nobody asked questions for. */
const WITHOUT_EFFECT = [OPTIONS.dryRun, OPTIONS.format, OPTIONS.outputFile] as const;

/** Asked for, or the only way to go on: the archive is missing and there is somebody to name it. */
export function wantsWizard(
  operands: readonly string[],
  settings: Settings,
  { asks }: DisplayOptions,
): boolean {
  if (asks === 'never') return false;
  if (settings.on(OPTIONS.interactive)) return true;
  return operands.length === 0 && !WITHOUT_EFFECT.some(spec => settings.has(spec));
}

/** @throws ToolError `usage` for the first thing that makes no sense */
export function wizardOptions(
  operands: readonly string[],
  settings: Settings,
  display: DisplayOptions,
): WizardOptions {
  // No question asks for the release of new nodes, so it would be lost.
  assertNoIdleOption(settings, [...WITHOUT_EFFECT, OPTIONS.targetVersion], OPTIONS.interactive);
  if (operands[0] === '-') throw usageError(NO_STANDARD_INPUT);
  // What is given is checked at once, and not by the last question.
  if (operands.length > 0) convertOptions(operands, settings, display);
  return { mode: 'wizard', answers: answersOf(operands, settings), display };
}
