import { oncePerObject } from '../../../once-per-object.ts';
import type { TorcxReference } from '../../torcx-reference.ts';
import type { Strength } from './mention.ts';
import { sedOutputs } from './sed-output.ts';
import type { ShellCommand } from './shell-commands.ts';
import { commandName, operands, wordAt } from './shell-words.ts';

/**
 * How much a reference matters in a pattern or program of grep, sed and the like; undefined for one in a file's name.
 * What is only looked for is `inert`. What sed is told to write are lines of units more often than not.
 */
export function searchScriptStrength(
  script: string,
  command: ShellCommand,
  { start, meaning }: TorcxReference,
): Strength | undefined {
  const { words } = command;
  const at = wordAt(words, start);
  const word = words[at];
  if (!word || !SEARCHES.test(commandName(command)) || !isScriptWord(command, at)) return;
  // A name alone is a variable that a unit gets, perhaps with a value of today.
  if (!editsNode(command) || meaning.kind === 'name') return 'inert';
  const source = script.slice(word.start, word.end);
  if (!sedOutputs(source).has(start - word.start)) return 'inert';
  return IS_WEAK.test(script.slice(Math.max(word.start, start - LONGEST_LEAD), start))
    ? 'soft'
    : 'hard';
}

/** Of the lines of units few are longer. */
const LONGEST_LEAD = 300;

const SEARCHES = /^(?:[efz]?grep|rg|ag|ack|g?sed|[gmn]?awk|perl)$/;

/** What a unit does without; its line may begin behind an `\n`. */
const IS_WEAK = /(?:\b|\\n)(?:After|Before|Wants|PartOf)=[^=\n]*$|\bEnvironmentFile=-$/;

/** A file of the node, as opposed to one of an image that is being built or converted: `"$ROOT/usr/…"`. */
const editsNode = oncePerObject((command: ShellCommand): boolean => {
  if (!/^(?:g?sed|perl)$/.test(commandName(command))) return false;
  return operands(command).some(({ text }) =>
    /^(?:\/(?:etc|opt|usr|var|home|root)\/|\$(?:\w+|\{\w+\})$)/.test(text),
  );
});

function isScriptWord(command: ShellCommand, at: number): boolean {
  const { words } = command;
  const before = words[at - 1]?.text ?? '';
  if (/^(?:-\w*[ef]|--expression|--regexp)$/.test(before)) return !/^-\w*f$/.test(before);
  if (/^--(?:expression|regexp)=/.test(words[at]?.text ?? '')) return true;
  return !hasScriptOption(command) && firstOperand(command) === words[at];
}

const hasScriptOption = oncePerObject((command: ShellCommand) =>
  operands(command).some(({ text }) => /^(?:-\w*e|--expression|--regexp)(?:$|=)/.test(text)),
);

const firstOperand = oncePerObject((command: ShellCommand) =>
  operands(command).find(({ text }) => !text.startsWith('-')),
);
